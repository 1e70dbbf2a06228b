namespace Arena.Web.Voting;

/// <summary>A battle as a browser or a program gets it: outputs, and nothing of who made them.</summary>
/// <param name="Token">Answers the battle once; also the way to its media.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
/// <param name="Input">What was asked; null where the suite shows nothing of it. One for all slots, unless the arena compares across samples.</param>
/// <param name="Slots">In the order to show them; ballots name them 0, 1, 2 ….</param>
public sealed record BattleJson(string Token, DateTimeOffset ExpiresAt, ContentJson? Input, IReadOnlyList<SlotJson> Slots);

/// <summary>One output.</summary>
/// <param name="Output">What to look at.</param>
/// <param name="Input">What it answers, in arenas that compare across samples; else null.</param>
public sealed record SlotJson(ContentJson Output, ContentJson? Input);

/// <summary>Something to look at.</summary>
/// <param name="Kind"><c>image</c> or <c>text</c>.</param>
/// <param name="Url">Of an image.</param>
/// <param name="Width">Of an image, in pixels.</param>
/// <param name="Height">Of an image, in pixels.</param>
/// <param name="Html">A text, safe to show.</param>
/// <param name="Text">The same as it was written (Markdown).</param>
public sealed record ContentJson(string Kind, string? Url, int? Width, int? Height, string? Html, string? Text);
