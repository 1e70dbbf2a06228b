using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Predictions;

/// <summary>What a system answered elsewhere, as JSONL: <c>{"sample": "id", "output": "text"}</c> for each sample of a
/// suite, in any order. Found to fit the suite, they are outputs like those of a model that was run.</summary>
public sealed class RecordedPredictions
{
    private readonly string[] outputs;

    private RecordedPredictions(string[] outputs) => this.outputs = outputs;

    /// <summary>What the outputs are, wherever an output is chosen.</summary>
    public static OutputChoice Choice { get; } = new("output", OutputKind.Text);

    /// <summary>How many samples are answered: all of the suite's.</summary>
    public int Count => outputs.Length;

    /// <summary>Whether a suite takes recorded predictions.</summary>
    public static bool FitTo(SuiteManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Outputs.Contains(Choice.Kind);
    }

    /// <summary>Reads and checks them line by line. Safe on any bytes.</summary>
    /// <param name="manifest">Of the suite that was answered.</param>
    /// <param name="samples">The ids of its samples, by ordinal.</param>
    /// <param name="file">What errors call the file.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="errors">Everything that is wrong, up to a number that a person can read; empty when they were read.</param>
    public static bool TryRead(
        SuiteManifest manifest,
        IReadOnlyList<string> samples,
        string file,
        ReadOnlyMemory<byte> bytes,
        [NotNullWhen(true)] out RecordedPredictions? predictions,
        out ImmutableArray<SuiteError> errors)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(samples);
        predictions = null;
        if (!FitTo(manifest))
        {
            errors = [new(file, null, $"the suite {manifest.Slug} takes outputs of the kind {string.Join(", ", manifest.Outputs.Select(OutputKinds.Name))}, and recorded predictions are texts; submit a model.")];
            return false;
        }

        var found = new ErrorList();
        if (new TextRowsReader(file, Choice.Name, mayBeBlank: true, samples, found).Read(bytes) is { } outputs)
        {
            predictions = new(outputs);
        }

        errors = found.ToImmutable();
        return predictions is not null;
    }

    /// <summary>The outputs for a range of samples.</summary>
    public OutputChunk Pack(int first, int count) =>
        new(first, count, [new OutputTensor(Choice.Name, TensorElementType.String, TensorShape.Scalar, PackedTexts.Encode(outputs.AsSpan(first, count)))]);
}
