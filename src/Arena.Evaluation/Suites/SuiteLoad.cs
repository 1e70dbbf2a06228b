using System.Collections.Immutable;

namespace Arena.Evaluation.Suites;

/// <summary>What came of loading a suite: it, or everything that is wrong with it.</summary>
public abstract record SuiteLoad
{
    private SuiteLoad()
    {
    }

    public sealed record Loaded(SuiteDefinition Suite) : SuiteLoad;

    public sealed record Refused(ImmutableArray<SuiteError> Errors) : SuiteLoad
    {
        /// <summary>All errors, one a line.</summary>
        public override string ToString() => string.Join('\n', Errors);
    }
}
