using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Families.Classification;

/// <summary>One of a list of classes. Metrics: <c>accuracy</c>, 1 where the answer is right; <c>top3</c>, 1 where the
/// right class is among the three with the largest scores (missing for an entry that answers labels). Equal scores:
/// the class that comes first in the list goes first, in both metrics.</summary>
public sealed class ClassificationFamily : TaskFamily
{
    public const string FamilyName = "classification";
    public const int MaxClasses = 1000;
    private const string Accuracy = "accuracy";
    private const string Top3 = "top3";

    private ClassificationFamily()
    {
    }

    public static ClassificationFamily Instance { get; } = new();

    public override string Name => FamilyName;

    public override ImmutableArray<OutputKind> OutputKinds { get; } = [OutputKind.Scores, OutputKind.Label];

    public override ImmutableArray<FamilyMetric> Metrics { get; } =
    [
        new(Accuracy, "Accuracy", MetricKind.Binary, MetricDirection.Higher),
        new(Top3, "Among the three best", MetricKind.Binary, MetricDirection.Higher),
    ];

    internal override KeySet TaskKeys { get; } = new("task", Required: ["family", "classes"], Optional: []);

    internal override TaskDefinition? ReadTask(YamlMap task, SuiteInput? input)
    {
        var classes = task.Texts("classes", maxItems: MaxClasses);
        if (classes.IsDefault)
        {
            return null;
        }

        if (classes.Length < 2 || classes.Distinct(StringComparer.Ordinal).Count() != classes.Length)
        {
            task.Report("classes", "\"classes\" must name at least two classes, each once.");
            return null;
        }

        return new ClassificationTask(classes);
    }

    public override bool HasLabels => true;

    public override string? CheckLabel(TaskDefinition task, string label)
    {
        var classes = Classes(task);
        return classes.Contains(label, StringComparer.Ordinal) ? null : $"label \"{label}\" is not one of the classes in suite.yaml ({Summary(classes)}); correct the label or add the class.";
    }

    public override bool TryReadReference(
        TaskDefinition task,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> labels,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out ScoringReference? reference,
        out ImmutableArray<SuiteError> errors)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var positions = Classes(task).Select((name, position) => KeyValuePair.Create(name, position)).ToFrozenDictionary(StringComparer.Ordinal);
        reference = new ClassReference([.. labels.Select(label => positions[label])]);
        errors = [];
        return true;
    }

    public override ImmutableArray<int> SizesOf(TaskDefinition task) => [Classes(task).Length];

    public override TaskDefinition? WithSizes(ReadOnlySpan<int> sizes) => sizes is [> 0 and <= MaxClasses and var classes]
        ? new ClassificationTask([.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))])
        : null;

    public override string Demand(TaskDefinition task, OutputChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Kind == OutputKind.Scores
            ? $"scores must be float32 [N, {Classes(task).Length}], one number a class"
            : "labels must be int64 [N] or [N, 1]";
    }

    protected override bool Accepts(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Kind == OutputKind.Scores
            ? elementType == TensorElementType.Float32 && sampleShape.Count == 1 && (sampleShape[0] == Classes(task).Length || sampleShape[0] == TensorShape.Dynamic)
            : elementType == TensorElementType.Int64 && (sampleShape.Count == 0 || (sampleShape.Count == 1 && sampleShape[0] is 1 or TensorShape.Dynamic));
    }

    protected override string? FindBadValue(TaskDefinition task, OutputChoice choice, OutputTensor output, int firstOrdinal)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(output);
        var classes = Classes(task).Length;
        return choice.Kind == OutputKind.Scores
            ? FindBadScore(choice, firstOrdinal, MemoryMarshal.Cast<byte, float>(output.Data.Span), classes)
            : FindBadLabel(choice, firstOrdinal, MemoryMarshal.Cast<byte, long>(output.Data.Span), classes);
    }

    protected override ScoreOutcome.Scored Measure(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ScoringReference reference)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        if (reference is not ClassReference { ClassOfSample: var truth })
        {
            throw new ArgumentException("This is no reference of classification.", nameof(reference));
        }

        var right = truth.AsSpan(chunk.FirstOrdinal, chunk.Count);
        var classes = Classes(task).Length;
        var data = chunk.Find(choice.Name)!.Data.Span;
        var predictions = new int[chunk.Count];
        if (choice.Kind == OutputKind.Scores)
        {
            var scores = MemoryMarshal.Cast<byte, float>(data);
            for (var i = 0; i < predictions.Length; i++)
            {
                predictions[i] = ArgMax(scores.Slice(i * classes, classes));
            }
        }
        else
        {
            var labels = MemoryMarshal.Cast<byte, long>(data);
            for (var i = 0; i < predictions.Length; i++)
            {
                predictions[i] = (int)labels[i];
            }
        }

        var measurements = ImmutableArray.CreateBuilder<float[]>(metrics.Length);
        foreach (var metric in metrics)
        {
            measurements.Add(metric.Name switch
            {
                Accuracy => MeasureAccuracy(predictions, right),
                Top3 when choice.Kind == OutputKind.Scores => MeasureTop(3, MemoryMarshal.Cast<byte, float>(data), classes, right),
                Top3 => Missing(chunk.Count),
                _ => throw new ArgumentException($"Classification has no metric '{metric.Name}'.", nameof(metrics)),
            });
        }

        return new ScoreOutcome.Scored(measurements.MoveToImmutable(), predictions);
    }

    private static float[] MeasureAccuracy(ReadOnlySpan<int> predictions, ReadOnlySpan<int> right)
    {
        var values = new float[predictions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = predictions[i] == right[i] ? 1 : 0;
        }

        return values;
    }

    private static float[] MeasureTop(int most, ReadOnlySpan<float> scores, int classes, ReadOnlySpan<int> right)
    {
        var values = new float[right.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var row = scores.Slice(i * classes, classes);
            var target = right[i];
            var before = 0;
            for (var c = 0; c < row.Length; c++)
            {
                before += row[c] > row[target] || (row[c] == row[target] && c < target) ? 1 : 0;
            }

            values[i] = before < most ? 1 : 0;
        }

        return values;
    }

    private static float[] Missing(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static int ArgMax(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var c = 1; c < row.Length; c++)
        {
            if (row[c] > row[best])
            {
                best = c;
            }
        }

        return best;
    }

    private static string? FindBadScore(OutputChoice choice, int firstOrdinal, ReadOnlySpan<float> scores, int classes)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                var what = float.IsNaN(scores[i]) ? "NaN (not a number)" : "infinity";
                return $"Output '{choice.Name}' holds {what} for sample {firstOrdinal + i / classes}, class {i % classes}; every score must be a finite number.";
            }
        }

        return null;
    }

    private static string? FindBadLabel(OutputChoice choice, int firstOrdinal, ReadOnlySpan<long> labels, int classes)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= classes)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Output '{choice.Name}' holds {labels[i]} for sample {firstOrdinal + i}; a label is the class's position in the suite's list, 0 to {classes - 1}.");
            }
        }

        return null;
    }

    private static ImmutableArray<string> Classes(TaskDefinition task) =>
        task is ClassificationTask classification ? classification.Classes : throw new ArgumentException($"This is a task of {task?.Family}, not of classification.", nameof(task));

    private static string Summary(ImmutableArray<string> classes) =>
        classes.Length <= 5 ? string.Join(", ", classes) : $"{classes[0]} … {classes[^1]}";
}
