using System.Collections.Immutable;

namespace Arena.Evaluation.Families.Classification;

/// <summary>The right class of each sample.</summary>
public sealed record ClassReference(ImmutableArray<int> ClassOfSample) : ScoringReference(ClassOfSample.Length)
{
    public override ImmutableArray<int> ClassOfSample { get; } = ClassOfSample;
}
