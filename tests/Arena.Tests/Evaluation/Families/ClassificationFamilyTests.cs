using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.Classification;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Families;

public sealed class ClassificationFamilyTests
{
    private static readonly ClassificationTask Task = new(["cat", "dog", "eel", "fox", "gnu"]);
    private static readonly OutputChoice Scores = new("scores", OutputKind.Scores);
    private static readonly OutputChoice Label = new("label", OutputKind.Label);
    private static readonly ImmutableArray<SuiteMetric> Metrics =
    [
        new("accuracy", "Accuracy", MetricKind.Binary, MetricDirection.Higher, 0, MetricAggregation.Mean),
        new("top3", "Top 3", MetricKind.Binary, MetricDirection.Higher, 0, MetricAggregation.Mean),
    ];

    [Fact]
    public void Score_Scores_TakesTheLargest()
    {
        var scored = Scored(Scores, ScoreChunk([.1f, .7f, .1f, .05f, .05f], [5, 4, 3, 2, 1], [-9, -8, -7, -6, -5]), [1, 3, 4]);

        Assert.Equal([1, 0, 4], scored.Predictions);
        Assert.Equal([1, 0, 1], scored.Measurements[0]);
        Assert.Equal([1, 0, 1], scored.Measurements[1]);
    }

    [Fact]
    public void Score_EqualScores_GoToTheFirstClass()
    {
        var scored = Scored(Scores, ScoreChunk([0, 1, 1, 0, 0], [2, 2, 2, 2, 2], [2, 2, 2, 2, 2], [2, 2, 2, 2, 2], [0, -0f, 0, 0, 0]), [2, 0, 2, 3, 0]);

        Assert.Equal([1, 0, 0, 0, 0], scored.Predictions);
        Assert.Equal([0, 1, 0, 0, 1], scored.Measurements[0]);
        Assert.Equal([1, 1, 1, 0, 1], scored.Measurements[1]);
    }

    [Fact]
    public void Score_Labels_CountsThemAndHasNoTop3()
    {
        var scored = Scored(Label, LabelChunk(0, 4, 2), [0, 4, 3]);

        Assert.Equal([0, 4, 2], scored.Predictions);
        Assert.Equal([1, 1, 0], scored.Measurements[0]);
        Assert.All(scored.Measurements[1], v => Assert.True(float.IsNaN(v)));
    }

    [Fact]
    public void Score_LabelsOfShapeN1_AreTaken()
    {
        var chunk = LabelChunk(3, 1);
        chunk = chunk with { Outputs = [chunk.Outputs[0] with { SampleShape = [1] }] };

        Assert.Equal([1, 1], Scored(Label, chunk, [3, 1]).Measurements[0]);
    }

    [Theory]
    [InlineData(float.NaN, "Output 'scores' holds NaN (not a number) for sample 11, class 3; every score must be a finite number.")]
    [InlineData(float.PositiveInfinity, "Output 'scores' holds infinity for sample 11, class 3; every score must be a finite number.")]
    [InlineData(float.NegativeInfinity, "Output 'scores' holds infinity for sample 11, class 3; every score must be a finite number.")]
    public void Score_ScoreThatIsNoNumber_IsTheEntrysFault(float bad, string expected) =>
        Assert.Equal(expected, Fault(Scores, ScoreChunk([0, 0, 0, 0, 1], [0, 0, 0, bad, 1]) with { FirstOrdinal = 10 }));

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(4294967296)]
    public void Score_LabelThatIsNoClass_IsTheEntrysFault(long bad) =>
        Assert.Equal($"Output 'label' holds {bad} for sample 1; a label is the class's position in the suite's list, 0 to 4.", Fault(Label, LabelChunk(0, bad)));

    [Fact]
    public void Score_OtherOutputs_AreTheEntrysFault()
    {
        Assert.Equal("The model gave no output 'scores'; it gave 'label'. Choose one of these.", Fault(Scores, LabelChunk(1)));
        Assert.Equal("Output 'label' is int64 [N]; scores must be float32 [N, 5], one number a class.", Fault(new OutputChoice("label", OutputKind.Scores), LabelChunk(1)));
        Assert.Equal("Output 'scores' is float32 [N, 5]; labels must be int64 [N] or [N, 1].", Fault(new OutputChoice("scores", OutputKind.Label), ScoreChunk([1, 2, 3, 4, 5])));
        Assert.Equal("Output 'scores' is float32 [N, 4]; scores must be float32 [N, 5], one number a class.", Fault(Scores, new OutputChunk(0, 1, [new("scores", TensorElementType.Float32, [4], new byte[16])])));
        Assert.StartsWith("Output 'scores' has 20 bytes; 2 samples", Fault(Scores, ScoreChunk([1, 2, 3, 4, 5]) with { Count = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void CheckOutput_DimensionNotKnownYet_IsNoFault()
    {
        Assert.Null(ClassificationFamily.Instance.CheckOutput(Task, Scores, TensorElementType.Float32, [-1]));
        Assert.NotNull(ClassificationFamily.Instance.CheckOutput(Task, Scores, TensorElementType.Float32, [1, 5]));
        Assert.NotNull(ClassificationFamily.Instance.CheckOutput(Task, Label, TensorElementType.Float32, []));
    }

    [Fact]
    public void Score_SamplesWithoutAnAnswer_Throws() =>
        Assert.Throws<ArgumentException>(() => ClassificationFamily.Instance.Score(Task, Metrics, Label, LabelChunk(1, 2), new ClassReference([1])));

    [Fact]
    public void Score_LaterChunk_IsComparedWithItsOwnSamples() =>
        Assert.Equal([1, 0], Scored(Label, LabelChunk(3, 1) with { FirstOrdinal = 2 }, [0, 0, 3, 4]).Measurements[0]);

    [Fact]
    public void WithSizes_ManyClasses_ChecksAsTheSuitesOwnTask()
    {
        var sizes = ClassificationFamily.Instance.SizesOf(Task);

        Assert.Equal([5], sizes.AsEnumerable());
        Assert.Equal(5, ClassificationFamily.Instance.WithSizes(sizes.AsSpan())!.Classes.Length);
        Assert.Null(ClassificationFamily.Instance.WithSizes([0]));
        Assert.Null(ClassificationFamily.Instance.WithSizes([1001]));
        Assert.Null(ClassificationFamily.Instance.WithSizes([5, 5]));
    }

    private static ScoreOutcome.Scored Scored(OutputChoice choice, OutputChunk chunk, int[] right) =>
        Assert.IsType<ScoreOutcome.Scored>(ClassificationFamily.Instance.Score(Task, Metrics, choice, chunk, new ClassReference([.. right])));

    private static string Fault(OutputChoice choice, OutputChunk chunk)
    {
        var outcome = ClassificationFamily.Instance.Score(Task, Metrics, choice, chunk, new ClassReference([.. new int[chunk.FirstOrdinal + chunk.Count]]));
        return Assert.IsType<ScoreOutcome.EntryFault>(outcome).Reason;
    }

    private static OutputChunk ScoreChunk(params float[][] rows) =>
        new(0, rows.Length, [new("scores", TensorElementType.Float32, [5], MemoryMarshal.AsBytes(rows.SelectMany(r => r).ToArray().AsSpan()).ToArray())]);

    private static OutputChunk LabelChunk(params long[] labels) =>
        new(0, labels.Length, [new("label", TensorElementType.Int64, [], MemoryMarshal.AsBytes(labels.AsSpan()).ToArray())]);
}
