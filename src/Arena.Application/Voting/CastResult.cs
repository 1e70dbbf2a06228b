using Arena.Data.Ids;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>What became of a ballot that was sent.</summary>
public abstract record CastResult
{
    private CastResult()
    {
    }

    /// <summary>It is stored, durably.</summary>
    /// <param name="Receipt">For the voter to keep.</param>
    /// <param name="Reveal">Who was who, and what moved.</param>
    /// <param name="Repeated">The same ballot had been stored before: it counts once.</param>
    public sealed record Accepted(BallotReceipt Receipt, BallotReveal Reveal, bool Repeated) : CastResult;

    /// <summary>It is not stored and will not be.</summary>
    /// <param name="Refusal">Which rule.</param>
    /// <param name="Sentence">What is wrong and what to do.</param>
    public sealed record Refused(CastRefusal Refusal, string Sentence) : CastResult;

    /// <summary>Too many in a short time; the same ballot may be sent again.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : CastResult;

    /// <summary>It is not known to be stored; the same ballot may be sent again and counts once.</summary>
    public sealed record NotStored : CastResult;
}

/// <summary>Why a ballot is refused.</summary>
public enum CastRefusal
{
    /// <summary>The token is none of this Arena's, or was changed.</summary>
    BadToken,

    /// <summary>The battle was drawn for somebody else.</summary>
    NotYours,

    /// <summary>The battle was drawn too long ago.</summary>
    Expired,

    /// <summary>The battle has another ballot already.</summary>
    AlreadyCast,

    /// <summary>Voting has ended.</summary>
    Closed,

    /// <summary>What was sent is no ballot for this battle.</summary>
    Invalid,
}

/// <summary>What a voter can keep, and look up later.</summary>
/// <param name="Id">The battle's id.</param>
/// <param name="Arena">The arena's slug.</param>
/// <param name="Eligibility">Whether it counts.</param>
/// <param name="Reason">A code of <see cref="EligibilityReason"/>.</param>
/// <param name="CastAt">When it came in.</param>
public sealed record BallotReceipt(BattleId Id, string Arena, Eligibility Eligibility, string Reason, DateTimeOffset CastAt);

/// <summary>Who was who, told after the ballot is accepted.</summary>
/// <param name="Slots">In the order shown.</param>
/// <param name="Moves">Whether ratings are told: not while the board is published with a delay.</param>
public sealed record BallotReveal(IReadOnlyList<RevealedSlot> Slots, bool Moves);

/// <summary>One output of a battle, unblinded.</summary>
/// <param name="Entry">The entry's slug.</param>
/// <param name="Name">The entry's name.</param>
/// <param name="Version">The entry's version.</param>
/// <param name="Rank">Where the voter put it, 1 the best; 0 after a skip.</param>
/// <param name="Before">The rating before this ballot, in points; null when ratings are not told.</param>
/// <param name="After">The rating with it.</param>
public sealed record RevealedSlot(string Entry, string Name, int Version, int Rank, double? Before, double? After);
