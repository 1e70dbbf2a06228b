namespace Arena.Data.Voting;

/// <summary>Somebody who voted, known by nothing but a random number.</summary>
public sealed class Voter
{
    /// <summary>What ballots carry; random, and never shown to anybody.</summary>
    public Guid Id { get; init; }

    /// <summary>What the browser's cookie holds, or the account's id. Null once the voter asked to be forgotten: nothing then leads from a person to the ballots.</summary>
    public Guid? Key { get; set; }

    public VoterKind Kind { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset? ForgottenAt { get; set; }
}
