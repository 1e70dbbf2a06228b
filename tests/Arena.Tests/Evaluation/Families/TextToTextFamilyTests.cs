using System.Collections.Immutable;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.TextToText;
using Arena.Evaluation.Predictions;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation.Suites;
using Xunit;

namespace Arena.Tests.Evaluation.Families;

public sealed class TextToTextFamilyTests
{
    private static readonly TaskFamily Family = TextToTextFamily.Instance;
    private static readonly SuiteDefinition Suite = SmallSuite.OfTexts().Load();
    private static readonly ImmutableArray<SuiteMetric> AllMetrics = [.. Family.Metrics.Select(m => new SuiteMetric(m.Name, m.Title, m.Kind, m.Direction, 0, MetricAggregation.Mean))];

    /// <summary>Samples b and c: "the cat sat" → "the cat", and "a b c d" → "d c b a".</summary>
    [Fact]
    public void Score_EveryMetric_IsTheOneWorkedOutByHand()
    {
        var scored = Assert.IsType<ScoreOutcome.Scored>(Family.Score(Suite.Manifest.Task, AllMetrics, RecordedPredictions.Choice, Chunk(1, "The cat!", "a b d"), Suite.Reference));

        Assert.Equal(["rouge1", "rouge-l", "divergence", "compression"], AllMetrics.Select(m => m.Name));
        Assert.Equal([1f, (float)(6.0 / 7)], scored.Measurements[0]);
        Assert.Equal([1f, (float)(2.0 / 7)], scored.Measurements[1]);
        // shares 1/2 1/2 0 and 1/3 1/3 1/3: H(5/12, 5/12, 2/12) - (1 + log₂ 3) / 2; shares 1/3 1/3 0 1/3 and quarters: H(7/24 × 3, 3/24) - (log₂ 3 + 2) / 2
        Assert.Equal(Entropy(5 / 12.0, 5 / 12.0, 2 / 12.0) - (1 + Math.Log2(3)) / 2, scored.Measurements[2][0], 1e-6);
        Assert.Equal(Entropy(7 / 24.0, 7 / 24.0, 7 / 24.0, 3 / 24.0) - (Math.Log2(3) + 2) / 2, scored.Measurements[2][1], 1e-6);
        Assert.Equal([(float)(2.0 / 3), 0.75f], scored.Measurements[3]);
        Assert.Empty(scored.Predictions);
    }

    [Fact]
    public void Score_EmptyAnswer_IsTheWorstAndNoFault()
    {
        var scored = Assert.IsType<ScoreOutcome.Scored>(Family.Score(Suite.Manifest.Task, AllMetrics, RecordedPredictions.Choice, Chunk(0, ""), Suite.Reference));

        Assert.Equal([0, 0, 1, 0], scored.Measurements.Select(values => values[0]));
    }

    [Fact]
    public void Score_NumbersInsteadOfTexts_IsTheEntrysFault()
    {
        var chunk = new OutputChunk(0, 1, [new("output", TensorElementType.UInt8, [], new byte[1])]);

        var fault = Assert.IsType<ScoreOutcome.EntryFault>(Family.Score(Suite.Manifest.Task, AllMetrics, RecordedPredictions.Choice, chunk, Suite.Reference));

        Assert.Equal("Output 'output' is uint8 [N]; answers must be text [N].", fault.Reason);
    }

    [Fact]
    public void Show_SampleAndAnswer_AreTheTexts()
    {
        Assert.Equal(new ShownContent.Text("the cat sat"), Family.ShowInput(Suite, 1));
        Assert.Equal(new ShownContent.Text("*second*"), Family.ShowOutput(Suite.Manifest.Task, RecordedPredictions.Choice, Chunk(1, "first", "*second*"), 1));
    }

    [Fact]
    public void WithSizes_OfATask_ChecksOutputsAlike()
    {
        Assert.Empty(Family.SizesOf(Suite.Manifest.Task));
        Assert.NotNull(Family.WithSizes([]));
        Assert.Null(Family.WithSizes([1]));
    }

    [Fact]
    public void Read_SuiteOfTexts_HasTextsAndNoTensor()
    {
        Assert.Null(Suite.Input);
        Assert.Equal(["one two three four", "the cat sat", "a b c d", "words"], Suite.Texts.AsEnumerable());
        Assert.Equal(new TextToTextTask("texts.jsonl", "right.jsonl"), Suite.Manifest.Task);
        Assert.Equal(("baselines/guess.jsonl", true, "", RecordedPredictions.Choice), (Suite.Baselines[0].File, Suite.Baselines[0].Recorded, Suite.Baselines[0].Preprocessing, Suite.Baselines[0].Output));
    }

    [Theory]
    [InlineData("suite.yaml", "  reference: right.jsonl\n", "", "suite.yaml line 16: \"rouge1\" cannot be measured without right answers, and the task names none; it measures: divergence, compression.")]
    [InlineData("suite.yaml", "outputs: [text]", "outputs: [label]", "suite.yaml line 15: text-to-text cannot score the output \"label\"; remove it.")]
    [InlineData("suite.yaml", "type: text", "type: uint8\n    shape: [3]", "suite.yaml line 12: the samples of text-to-text are texts; set \"type\" to text and leave out \"shape\".")]
    [InlineData("suite.yaml", "outputs: [text]", "preprocessing: [{ name: raw, type: uint8, shape: [1] }]\noutputs: [text]", "suite.yaml line 15: \"preprocessing\" is given, and texts are handed over as they are; remove it.")]
    [InlineData("suite.yaml", "reference: right.jsonl", "reference: ../right.jsonl", "suite.yaml line 9: \"reference\" is \"../right.jsonl\", which is not a file inside the suite; ")]
    [InlineData("texts.jsonl", "the cat sat", "…", "texts.jsonl line 2: \"text\" has no word in it.")]
    [InlineData("texts.jsonl", "\"c\"", "\"b\"", "texts.jsonl line 3: sample \"b\" was already answered on line 2; remove one of the two.")]
    [InlineData("right.jsonl", "\"c\"", "\"x\"", "right.jsonl line 3: the suite has no sample \"x\"; correct the id or remove the line.")]
    [InlineData("baselines/guess.jsonl", "\"c\"", "\"x\"", "baselines/guess.jsonl line 3: the suite has no sample \"x\"; correct the id or remove the line.")]
    [InlineData("baselines/baselines.yaml", "predictions: guess.jsonl", "predictions: guesses.jsonl", "baselines/baselines.yaml line 6: the file baselines/guesses.jsonl does not exist; add it or correct \"predictions\".")]
    [InlineData("baselines/baselines.yaml", "predictions: guess.jsonl", "predictions: guess.jsonl\n    file: guess.jsonl", "baselines/baselines.yaml line 7: \"file\" is not a key of recorded baseline; ")]
    public void Read_WrongSuiteOfTexts_SaysFileLineAndWhatToDo(string file, string old, string replacement, string expected) =>
        Assert.Contains(SmallSuite.OfTexts().With(file, old, replacement).Errors(), e => e.StartsWith(expected, StringComparison.Ordinal));

    private static OutputChunk Chunk(int first, params string[] texts) => new(first, texts.Length, [new("output", TensorElementType.String, [], PackedTexts.Encode(texts))]);

    private static double Entropy(params double[] shares) => -shares.Sum(share => share * Math.Log2(share));
}
