using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Evaluation.Texts;

namespace Arena.Evaluation.Families.TextToText;

/// <summary>A text for a text: summaries, translations, answers. Metrics against a right text where there is one:
/// <c>rouge1</c>, <c>rouge-l</c>. Metrics against the sample itself: <c>divergence</c>, <c>compression</c>. None of them
/// reads; what is good is for people to say.</summary>
public sealed class TextToTextFamily : TaskFamily
{
    public const string FamilyName = "text-to-text";

    private const string Rouge1 = "rouge1";
    private const string RougeL = "rouge-l";
    private const string Divergence = "divergence";
    private const string Compression = "compression";

    private TextToTextFamily()
    {
    }

    public static TextToTextFamily Instance { get; } = new();

    public override string Name => FamilyName;

    public override ImmutableArray<OutputKind> OutputKinds { get; } = [OutputKind.Text];

    public override ImmutableArray<FamilyMetric> Metrics { get; } =
    [
        new(Rouge1, "ROUGE-1", MetricKind.Numeric, MetricDirection.Higher),
        new(RougeL, "ROUGE-L", MetricKind.Numeric, MetricDirection.Higher),
        new(Divergence, "Divergence from the text in bits", MetricKind.Numeric, MetricDirection.Lower),
        new(Compression, "Share of the text's length", MetricKind.Numeric, MetricDirection.Lower),
    ];

    public override bool HasLabels => false;

    public override bool ReadsTexts => true;

    internal override KeySet TaskKeys { get; } = new("task", Required: ["family"], Optional: ["reference"]);

    public override ImmutableArray<FamilyMetric> MetricsOf(TaskDefinition task) =>
        Own(task).ReferenceFile is null ? [.. Metrics.Where(metric => metric.Name is Divergence or Compression)] : Metrics;

    public override bool TryReadReference(
        TaskDefinition task,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> labels,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files,
        [NotNullWhen(true)] out ScoringReference? reference,
        out ImmutableArray<SuiteError> errors)
    {
        ArgumentNullException.ThrowIfNull(files);
        var own = Own(task);
        var found = new ErrorList();
        string[]? Read(string file) => new TextRowsReader(file, "text", mayBeBlank: false, ids, found).Read(files[file]);
        var texts = Read(own.TextsFile);
        var right = own.ReferenceFile is null ? [] : Read(own.ReferenceFile);
        errors = found.ToImmutable();
        reference = texts is null || right is null ? null : new TextReference([.. texts.Select(Words.Of)], [.. right.Select(Words.Of)]);
        return reference is not null;
    }

    public override ImmutableArray<int> SizesOf(TaskDefinition task) => [];

    public override TaskDefinition? WithSizes(ReadOnlySpan<int> sizes) => sizes.IsEmpty ? new TextToTextTask(TextsFile: "", ReferenceFile: null) : null;

    public override string Demand(TaskDefinition task, OutputChoice choice) => "answers must be text [N]";

    public override ShownContent? ShowInput(SuiteDefinition suite, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return new ShownContent.Text(suite.Texts[ordinal]);
    }

    public override ShownContent? ShowOutput(TaskDefinition task, OutputChoice choice, OutputChunk chunk, int index)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        return new ShownContent.Text(PackedTexts.Read(chunk.Find(choice.Name)!.Data.Span, chunk.Count, index));
    }

    internal override TaskDefinition? ReadTask(YamlMap task, SuiteInput? input)
    {
        var reference = task.Path("reference");
        return input is null || (reference is null && task.Has("reference")) ? null : new TextToTextTask(input.File, reference);
    }

    protected override bool Accepts(TaskDefinition task, OutputChoice choice, TensorElementType elementType, TensorShape sampleShape) =>
        elementType == TensorElementType.String && sampleShape == TensorShape.Scalar;

    // whatever was packed is a text of a length that is possible
    protected override string? FindBadValue(TaskDefinition task, OutputChoice choice, OutputTensor output, int firstOrdinal) => null;

    protected override ScoreOutcome.Scored Measure(TaskDefinition task, ImmutableArray<SuiteMetric> metrics, OutputChoice choice, OutputChunk chunk, ScoringReference reference)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(chunk);
        if (reference is not TextReference own)
        {
            throw new ArgumentException("This is no reference of text-to-text.", nameof(reference));
        }

        var output = chunk.Find(choice.Name)!;
        ImmutableArray<float[]> measurements = [.. metrics.Select(_ => new float[chunk.Count])];
        for (var i = 0; i < chunk.Count; i++)
        {
            var ordinal = chunk.FirstOrdinal + i;
            var words = Words.Of(PackedTexts.Read(output.Data.Span, chunk.Count, i));
            for (var m = 0; m < metrics.Length; m++)
            {
                measurements[m][i] = (float)(metrics[m].Name switch
                {
                    Rouge1 => Rouge.One(words, own.Right[ordinal]),
                    RougeL => Rouge.Longest(words, own.Right[ordinal]),
                    Divergence => WordDivergence.Compute(words, own.Texts[ordinal]),
                    Compression => (double)words.Length / own.Texts[ordinal].Length,
                    _ => throw new ArgumentException($"Text-to-text has no metric '{metrics[m].Name}'.", nameof(metrics)),
                });
            }
        }

        return new ScoreOutcome.Scored(measurements, []);
    }

    private static TextToTextTask Own(TaskDefinition task) =>
        task as TextToTextTask ?? throw new ArgumentException($"This is a task of {task?.Family}, not of text-to-text.", nameof(task));
}
