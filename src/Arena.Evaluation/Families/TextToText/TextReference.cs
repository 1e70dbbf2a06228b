using System.Collections.Immutable;

namespace Arena.Evaluation.Families.TextToText;

/// <summary>What answers are compared with, as words, by ordinal.</summary>
/// <param name="Texts">The samples.</param>
/// <param name="Right">The right texts; empty where there are none.</param>
internal sealed record TextReference(ImmutableArray<string[]> Texts, ImmutableArray<string[]> Right) : ScoringReference(Texts.Length);
