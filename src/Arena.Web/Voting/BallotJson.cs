using System.Text.Json.Serialization;
using Arena.Application.Voting;
using Arena.Data.Voting;

namespace Arena.Web.Voting;

/// <summary>A ballot as it is sent.</summary>
/// <param name="Token">Of the battle.</param>
/// <param name="Form"><c>ranking</c> (the default), <c>best-worst</c> or <c>skip</c>.</param>
/// <param name="Tiers">Lists of slots, best first; slots in one list are tied.</param>
/// <param name="AllBad">None of them is any good.</param>
/// <param name="Strength">1 slightly, 2 clearly, 3 much.</param>
/// <param name="Acceptable">Slots that are acceptable.</param>
/// <param name="Reasons">Of the arena's own.</param>
/// <param name="Comment">At most 2,000 characters.</param>
/// <param name="SecondsSpent">From showing to sending.</param>
public sealed record BallotJson(
    string? Token,
    string? Form,
    int[][]? Tiers,
    [property: JsonPropertyName("all_bad")] bool AllBad,
    int? Strength,
    int[]? Acceptable,
    string[]? Reasons,
    string? Comment,
    [property: JsonPropertyName("seconds_spent")] double? SecondsSpent)
{
    internal static readonly IReadOnlyDictionary<string, BallotForm> Forms = new Dictionary<string, BallotForm>(StringComparer.Ordinal)
    {
        ["ranking"] = BallotForm.Ranking,
        ["best-worst"] = BallotForm.BestWorst,
        ["skip"] = BallotForm.Skip,
    };

    internal BallotInput ToInput() => new()
    {
        Token = Token ?? "",
        Form = Forms.GetValueOrDefault(Form ?? "ranking", (BallotForm)(-1)),
        Tiers = Tiers ?? [],
        AllBad = AllBad,
        Strength = Strength,
        Acceptable = Acceptable,
        Reasons = Reasons ?? [],
        Comment = Comment,
        SecondsSpent = SecondsSpent,
    };
}

/// <summary>The answer to a ballot that is stored.</summary>
/// <param name="Receipt">For keeping.</param>
/// <param name="Reveal">Who was who.</param>
/// <param name="Repeated">The same ballot was stored before; it counts once.</param>
public sealed record CastJson(ReceiptJson Receipt, IReadOnlyList<RevealedJson> Reveal, bool Repeated);

/// <summary>A receipt.</summary>
/// <param name="Id">Of the ballot.</param>
/// <param name="Arena">Where it was cast.</param>
/// <param name="State"><c>counted</c>, <c>pending</c> or <c>excluded</c>.</param>
/// <param name="Reason">A code that never changes its meaning.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="CastAt">When it came in.</param>
public sealed record ReceiptJson(Guid Id, string Arena, string State, string Reason, string Sentence, DateTimeOffset CastAt)
{
    internal static ReceiptJson Of(BallotReceipt receipt) => new(
        receipt.Id.Value, receipt.Arena, receipt.Eligibility.ToString().ToLowerInvariant(), receipt.Reason, ReceiptText.Of(receipt.Eligibility, receipt.Reason), receipt.CastAt);
}

/// <summary>One slot, unblinded.</summary>
/// <param name="Entry">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Rank">Where this ballot put it; 0 after a skip.</param>
/// <param name="Before">Its rating without this ballot; null where the board is published with a delay.</param>
/// <param name="After">Its rating with it.</param>
public sealed record RevealedJson(string Entry, string Name, int Version, int Rank, double? Before, double? After);
