using System.Collections.Immutable;
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

    internal override TaskDefinition? ReadTask(YamlMap task)
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

    public override bool TryReadTarget(TaskDefinition task, string label, out double target, out string? reason)
    {
        var classes = Classes(task);
        var index = classes.IndexOf(label);
        target = index;
        reason = index >= 0 ? null : $"label \"{label}\" is not one of the classes in suite.yaml ({Summary(classes)}); correct the label or add the class.";
        return index >= 0;
    }

    public override string? CheckOutput(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var classes = Classes(task).Length;
        return choice.Kind switch
        {
            OutputKind.Scores when elementType != TensorElementType.Float32 || sampleShape.Count != 1 || (sampleShape[0] != classes && sampleShape[0] != TensorShape.Dynamic) =>
                $"Output '{choice.Name}' is {elementType.Name()} {sampleShape.Prepend(TensorShape.Dynamic)}; scores must be float32 [N, {classes}], one number a class.",
            OutputKind.Label when elementType != TensorElementType.Int64 || sampleShape.Count > 1 || (sampleShape.Count == 1 && sampleShape[0] is not (1 or TensorShape.Dynamic)) =>
                $"Output '{choice.Name}' is {elementType.Name()} {sampleShape.Prepend(TensorShape.Dynamic)}; labels must be int64 [N] or [N, 1].",
            _ => null,
        };
    }

    public override string? FindFault(TaskDefinition task, OutputChoice choice, OutputChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        var classes = Classes(task).Length;
        if (chunk.Find(choice.Name) is not { } output)
        {
            return $"The model gave no output '{choice.Name}'; it gave {string.Join(", ", chunk.Outputs.Select(o => $"'{o.Name}'"))}. Choose one of these.";
        }

        if (CheckOutput(task, choice, output.ElementType, output.SampleShape) is { } mismatch)
        {
            return mismatch;
        }

        if (output.SampleShape.HasDynamic || output.Data.Length != output.SampleBytes * chunk.Count)
        {
            return $"Output '{choice.Name}' has {output.Data.Length} bytes; {chunk.Count} samples of {output.ElementType.Name()} {output.SampleShape} were expected. The model must answer every sample of the batch.";
        }

        return choice.Kind == OutputKind.Scores
            ? FindBadScore(choice, chunk.FirstOrdinal, MemoryMarshal.Cast<byte, float>(output.Data.Span), classes)
            : FindBadLabel(choice, chunk.FirstOrdinal, MemoryMarshal.Cast<byte, long>(output.Data.Span), classes);
    }

    public override ScoreOutcome Score(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        if (targets.Length != chunk.Count)
        {
            throw new ArgumentException($"{targets.Length} targets were given for {chunk.Count} samples.", nameof(targets));
        }

        if (FindFault(task, choice, chunk) is { } fault)
        {
            return new ScoreOutcome.EntryFault(fault);
        }

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
                Accuracy => MeasureAccuracy(predictions, targets),
                Top3 when choice.Kind == OutputKind.Scores => MeasureTop(3, MemoryMarshal.Cast<byte, float>(data), classes, targets),
                Top3 => Missing(chunk.Count),
                _ => throw new ArgumentException($"Classification has no metric '{metric.Name}'.", nameof(metrics)),
            });
        }

        return new ScoreOutcome.Scored(measurements.MoveToImmutable(), predictions);
    }

    private static float[] MeasureAccuracy(ReadOnlySpan<int> predictions, ReadOnlySpan<double> targets)
    {
        var values = new float[predictions.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = predictions[i] == (int)targets[i] ? 1 : 0;
        }

        return values;
    }

    private static float[] MeasureTop(int most, ReadOnlySpan<float> scores, int classes, ReadOnlySpan<double> targets)
    {
        var values = new float[targets.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var row = scores.Slice(i * classes, classes);
            var target = (int)targets[i];
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
