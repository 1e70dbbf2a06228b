using System.Collections.Immutable;

namespace Arena.Evaluation.Families;

/// <summary>The right answers of a suite's samples, in the form that their family scores with. They never leave the server.</summary>
/// <param name="Samples">How many samples the suite has: ordinals 0 to Samples - 1 can be scored.</param>
public abstract record ScoringReference(int Samples)
{
    /// <summary>For each sample the position of its class in <see cref="TaskDefinition.Classes"/>; empty in families without classes.</summary>
    public virtual ImmutableArray<int> ClassOfSample => [];
}
