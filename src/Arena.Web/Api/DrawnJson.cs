using Arena.Web.Voting;

namespace Arena.Web.Api;

/// <summary>A battle, as <c>POST /api/v1/arenas/{slug}/battles</c> gives it: outputs, and nothing of who made them.</summary>
/// <param name="Token">Answers the battle once.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
/// <param name="Arena">The arena's slug.</param>
/// <param name="Question">What is asked of the outputs.</param>
/// <param name="Sample">The same for the same sample of this arena, and meaning nothing else; null where each slot answers another one.</param>
/// <param name="Input">What the entries were asked; null where the suite shows nothing of it, or each slot answers another sample.</param>
/// <param name="Slots">Ballots name them 0, 1, 2 ….</param>
/// <param name="Reasons">Those that a ballot may give.</param>
/// <param name="AsksStrength">Whether a ballot may say how strongly.</param>
/// <param name="AsksAcceptable">Whether a ballot may say which slots are acceptable.</param>
public sealed record DrawnJson(
    string Token,
    DateTimeOffset ExpiresAt,
    string Arena,
    string Question,
    string? Sample,
    ContentJson? Input,
    IReadOnlyList<SlotJson> Slots,
    IReadOnlyList<string> Reasons,
    bool AsksStrength,
    bool AsksAcceptable);
