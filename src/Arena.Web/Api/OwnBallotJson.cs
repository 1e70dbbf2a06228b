using Arena.Application.Voting;
using Arena.Web.Voting;

namespace Arena.Web.Api;

/// <summary>A ballot as its voter reads it.</summary>
/// <param name="Receipt">Whether it counts, and why.</param>
/// <param name="Form"><c>ranking</c>, <c>best-worst</c> or <c>skip</c>.</param>
/// <param name="Places">Who was who, best first.</param>
/// <param name="History">Later decisions on it, oldest first.</param>
public sealed record OwnBallotJson(
    ReceiptJson Receipt,
    string Form,
    IReadOnlyList<PlaceJson> Places,
    bool AllBad,
    int? Strength,
    IReadOnlyList<string> Reasons,
    string? Comment,
    IReadOnlyList<DecisionJson> History)
{
    internal static OwnBallotJson Of(OwnBallot ballot) => new(
        new(ballot.Id.Value, ballot.Arena, ballot.Eligibility.ToString().ToLowerInvariant(), ballot.Reason, ReceiptText.Of(ballot.Eligibility, ballot.Reason), ballot.CastAt),
        BallotJson.Forms.First(form => form.Value == ballot.Form).Key,
        [.. ballot.Places.Select(place => new PlaceJson(place.Entry, place.Name, place.Rank))],
        ballot.AllBad,
        ballot.Strength,
        ballot.Reasons,
        ballot.Comment,
        [.. ballot.History.Select(change => new DecisionJson(change.At, change.Eligibility.ToString().ToLowerInvariant(), change.Reason, change.Note))]);
}

/// <summary>Where a ballot put an entry; 0 after a skip.</summary>
public sealed record PlaceJson(string Entry, string Name, int Rank);

/// <summary>A decision on a ballot.</summary>
public sealed record DecisionJson(DateTimeOffset At, string State, string Reason, string Note);
