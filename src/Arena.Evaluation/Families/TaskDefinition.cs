using System.Collections.Immutable;

namespace Arena.Evaluation.Families;

/// <summary>What a suite asks, in its family's own terms: the <c>task</c> of suite.yaml.</summary>
/// <param name="Family">The name of the <see cref="TaskFamily"/>.</param>
public abstract record TaskDefinition(string Family)
{
    /// <summary>The classes whose samples can be told apart in a breakdown, in order; none in most families.</summary>
    public virtual ImmutableArray<string> Classes => [];

    /// <summary>The suite's files that scoring reads beside the labels, above all those of right answers: paths from its folder. Right answers never leave the server.</summary>
    public virtual ImmutableArray<string> ReferenceFiles => [];
}
