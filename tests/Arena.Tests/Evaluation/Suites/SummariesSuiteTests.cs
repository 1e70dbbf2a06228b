using System.Text.Json;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.TextToText;
using Arena.Evaluation.Predictions;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Evaluation.Texts;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>The suite of summaries that comes with Arena.</summary>
public sealed class SummariesSuiteTests
{
    private const string Folder = "eval-suites/summaries";

    private static readonly SuiteDefinition Suite =
        SuiteFolder.Load(Repository.PathOf(Folder)) is SuiteLoad.Loaded loaded ? loaded.Suite : throw new InvalidOperationException(SuiteFolder.Load(Repository.PathOf(Folder)).ToString());

    private static readonly string[] Ids = [.. Suite.Samples.Select(sample => sample.Id)];

    [Fact]
    public void Load_Summaries_HasItsSamplesAndBaselines()
    {
        Assert.Equal(("summaries", 66, 9), (Suite.Manifest.Slug, Suite.Samples.Length, Suite.Baselines.Length));
        Assert.Equal((true, 2, true), (Suite.Manifest.Votes, Suite.Manifest.Arena!.SlateSize, Suite.Manifest.Arena.AsksStrength));
        Assert.Equal(new TextToTextTask("passages.jsonl", null), Suite.Manifest.Task);
        Assert.Equal(40, Suite.Samples.Select(s => s.Group).Distinct().Count());
        Assert.All(Suite.Baselines, baseline => Assert.True(baseline.Recorded));
    }

    [Fact]
    public void Load_Summaries_EveryPassageIsOfItsOwnAndOfTheLengthThatIsSaid()
    {
        Assert.All(Suite.Texts, text => Assert.InRange(Words.Of(text).Length, 280, 420));
        Assert.Equal(66, Suite.Texts.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Extractive, within the budget, and no two summarisers the same.</summary>
    [Fact]
    public void Load_Summaries_EveryAnswerIsMadeOfThePassagesSentencesWithinTheBudget()
    {
        var answers = Suite.Baselines.ToDictionary(b => b.Slug, b => Answers(b.File));

        foreach (var (text, summary) in answers.Values.SelectMany(each => Suite.Texts.Zip(each)))
        {
            Assert.InRange(Words.Of(summary).Length, 4, 90);
            var rest = text;
            foreach (var word in summary.Split(' '))
            {
                // in the order of the passage, so each word lies behind the one before
                var at = rest.IndexOf(word, StringComparison.Ordinal);
                Assert.True(at >= 0, $"\"{word}\" of \"{summary}\" is not where it should be in the passage.");
                rest = rest[(at + word.Length)..];
            }
        }

        var different = from a in answers from b in answers where string.CompareOrdinal(a.Key, b.Key) < 0 select a.Value.Zip(b.Value).Count(pair => !string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.All(different, count => Assert.InRange(count, 40, 66));
    }

    /// <summary>SumBasic takes the passage's frequent words and chance does not: the first metric has to see that.</summary>
    [Fact]
    public void Score_Summaries_ChanceDivergesMoreThanSumBasic()
    {
        double Mean(string slug)
        {
            var baseline = Suite.Baselines.Single(b => string.Equals(b.Slug, slug, StringComparison.Ordinal));
            Assert.True(RecordedPredictions.TryRead(Suite.Manifest, Ids, baseline.File, Suite.Read(baseline.File), out var predictions, out _));
            return Assert.IsType<ScoreOutcome.Scored>(TextToTextFamily.Instance.Score(Suite.Manifest.Task, Suite.Manifest.Metrics, baseline.Output, predictions.Pack(0, 66), Suite.Reference)).Measurements[0].Average();
        }

        Assert.True(Mean("random") > Mean("sumbasic"));
    }

    [Fact]
    public void SourceFile_EveryFile_IsListedWithItsLicence()
    {
        var source = File.ReadAllLines(Repository.PathOf(Folder + "/SOURCE.md"));

        Assert.All(Suite.Files, f => Assert.Contains(source, line => line.StartsWith($"| `{f.Path}` |", StringComparison.Ordinal)));
        Assert.Equal(Suite.Files.Length, source.Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    private static string[] Answers(string file)
    {
        var answers = System.Text.Encoding.UTF8.GetString(Suite.Read(file).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToDictionary(row => row.GetProperty("sample").GetString()!, row => row.GetProperty("output").GetString()!, StringComparer.Ordinal);
        return [.. Ids.Select(id => answers[id])];
    }
}
