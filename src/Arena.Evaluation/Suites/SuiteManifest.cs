using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Evaluation.Families;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>What suite.yaml says. docs/suite-format.md explains each key.</summary>
public sealed record SuiteManifest
{
    public const string FileName = "suite.yaml";

    /// <summary>The format version this build reads and writes.</summary>
    public const int Format = 1;

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Licence of the data, an SPDX identifier where there is one.</summary>
    public required string Licence { get; init; }

    /// <summary>Where the data comes from, one sentence; SOURCE.md tells the whole.</summary>
    public required string Source { get; init; }

    public required TaskDefinition Task { get; init; }

    public required string SamplesFile { get; init; }

    public required SuiteInput Input { get; init; }

    /// <summary>The variants an entry chooses one of; none where samples are texts.</summary>
    public required ImmutableArray<PreprocessingVariant> Preprocessing { get; init; }

    public required ImmutableArray<OutputKind> Outputs { get; init; }

    /// <summary>The first metric is the one that leads.</summary>
    public required ImmutableArray<SuiteMetric> Metrics { get; init; }

    /// <summary>The class of hardware whose results are compared with one another, as in "cpu".</summary>
    public required string Hardware { get; init; }

    public required SuiteLimits Limits { get; init; }

    /// <summary>Whether people vote on its outputs.</summary>
    public required bool Votes { get; init; }

    public string? BaselinesFile { get; init; }

    /// <summary>The arena that comes with it; null when there is none.</summary>
    public SuiteArena? Arena { get; init; }

    public PreprocessingVariant? FindPreprocessing(string name) =>
        Preprocessing.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    /// <summary>Reads the bytes of a suite.yaml without the files it names.</summary>
    /// <param name="errors">Everything that is wrong; empty when it was read.</param>
    public static bool TryParse(ReadOnlyMemory<byte> yaml, [NotNullWhen(true)] out SuiteManifest? manifest, out ImmutableArray<SuiteError> errors)
    {
        var found = new ErrorList();
        manifest = ManifestReader.Read(FileName, yaml, found);
        errors = found.ToImmutable();
        return manifest is not null;
    }
}

/// <summary>What every sample is: a tensor (one NPY file, first axis the sample's ordinal) or a text (one JSONL file, a line each).</summary>
public sealed record SuiteInput(string Name, string File, TensorElementType ElementType, TensorShape SampleShape)
{
    public bool IsText => ElementType == TensorElementType.String;
}

/// <summary>One way to hand a sample to a model: out = in × scale + offset, then a cast. See <see cref="Suites.Preprocessing"/>.</summary>
public sealed record PreprocessingVariant(string Name, string Description, TensorElementType ElementType, TensorShape SampleShape, double Scale, double Offset);

/// <param name="Name">The family's name for it.</param>
/// <param name="Title">What people read.</param>
/// <param name="Margin">Differences on one sample up to this are ties.</param>
public sealed record SuiteMetric(string Name, string Title, MetricKind Kind, MetricDirection Direction, double Margin, MetricAggregation Aggregation);

/// <summary>What one evaluation of one entry may take.</summary>
/// <param name="Seconds">Wall clock.</param>
/// <param name="MemoryMebibytes">Memory of the process that runs the model.</param>
/// <param name="ModelMebibytes">Size of the model's file.</param>
public sealed record SuiteLimits(int Seconds, int MemoryMebibytes, int ModelMebibytes);
