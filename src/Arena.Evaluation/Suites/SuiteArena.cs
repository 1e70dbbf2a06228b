using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>The arena that comes with a suite: people compare, blind, what its baselines make of its samples.</summary>
/// <param name="Title">What people read.</param>
/// <param name="Question">What a voter is asked, one sentence.</param>
/// <param name="SlateSize">How many outputs stand side by side, 2 to 6.</param>
/// <param name="Reasons">Reasons that a voter can tick; may be empty.</param>
/// <param name="AsksStrength">Whether voters may say how strongly they prefer.</param>
/// <param name="AsksAcceptable">Whether voters may mark what is acceptable at all.</param>
public sealed record SuiteArena(string Title, string Question, int SlateSize, ImmutableArray<string> Reasons, bool AsksStrength, bool AsksAcceptable);
