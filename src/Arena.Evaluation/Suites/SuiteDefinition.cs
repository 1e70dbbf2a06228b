using System.Collections.Immutable;
using Arena.Evaluation.Families;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>A suite that was read and found sound. Immutable; its files stay in memory as long as it does.</summary>
public sealed class SuiteDefinition
{
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents;

    internal SuiteDefinition(SuiteManifest manifest, ImmutableArray<Sample> samples, NpyArray? input, ImmutableArray<string> texts, ScoringReference reference, ImmutableArray<SuiteBaseline> baselines, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> contents)
    {
        Manifest = manifest;
        Samples = samples;
        Input = input;
        Texts = texts;
        Baselines = baselines;
        this.contents = contents;
        Reference = reference;
        Files = SuiteChecksum.ListFiles(contents);
        Checksum = SuiteChecksum.Compute(Files);
    }

    public SuiteManifest Manifest { get; }

    /// <summary>In ordinal order, ordinals without a gap.</summary>
    public ImmutableArray<Sample> Samples { get; }

    /// <summary>The samples' right answers.</summary>
    public ScoringReference Reference { get; }

    /// <summary>The samples' tensor; first axis the ordinal. Null where samples are texts.</summary>
    public NpyArray? Input { get; }

    /// <summary>Each sample's text, by ordinal; none where samples are tensors.</summary>
    public ImmutableArray<string> Texts { get; }

    public ImmutableArray<SuiteBaseline> Baselines { get; }

    /// <summary>By path, in ordinal order.</summary>
    public ImmutableArray<SuiteFile> Files { get; }

    /// <summary>Identity of the content, whatever the timestamps or the order in an archive: see <see cref="SuiteChecksum"/>.</summary>
    public string Checksum { get; }

    /// <summary>The bytes of one of <see cref="Files"/>.</summary>
    /// <exception cref="KeyNotFoundException">The suite has no such file.</exception>
    public ReadOnlyMemory<byte> Read(string path) =>
        contents.TryGetValue(path, out var bytes) ? bytes : throw new KeyNotFoundException($"The suite {Manifest.Slug} has no file {path}.");
}
