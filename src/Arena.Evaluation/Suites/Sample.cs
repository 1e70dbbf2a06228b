using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>One row of samples.csv.</summary>
/// <param name="Ordinal">Its position, from 0: the first axis of the input's tensor.</param>
/// <param name="Id">Unique in the suite and stable over versions.</param>
/// <param name="Label">The right answer as it is written; empty in families without labels.</param>
/// <param name="Group">Samples that belong together, for a breakdown; may be empty.</param>
/// <param name="Weight">Greater than 0; 1 unless given.</param>
public sealed record Sample(int Ordinal, string Id, string Label, string Group, ImmutableArray<string> Tags, SampleSplit Split, double Weight);
