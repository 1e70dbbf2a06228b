using Arena.Data.Ids;

namespace Arena.Data.Suites;

/// <summary>One thing that an entry answers. Its label never leaves the server.</summary>
public sealed class Sample
{
    public SuiteVersionId SuiteVersionId { get; init; }

    /// <summary>0, 1, 2 … within the suite version; measurements are addressed by it.</summary>
    public int Ordinal { get; init; }

    /// <summary>The suite's own name for it.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required string Group { get; init; }

    public required string[] Tags { get; init; }

    /// <summary>Outputs and correctness of a hidden sample are shown to nobody but maintainers.</summary>
    public bool Hidden { get; init; }

    public double Weight { get; init; }
}
