using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>The suite that comes with Arena.</summary>
public sealed class DigitsSuiteTests
{
    private const string Folder = "eval-suites/digits";
    private static readonly SuiteDefinition Suite = Load();

    [Fact]
    public void Load_Digits_HasItsSamplesAndBaselines()
    {
        Assert.Equal(("digits", 899, 13), (Suite.Manifest.Slug, Suite.Samples.Length, Suite.Baselines.Length));
        Assert.Equal((TensorElementType.UInt8, TensorShape.Create([899, 8, 8])), (Suite.Input!.ElementType, Suite.Input!.Shape));
        Assert.Equal("accuracy", Suite.Manifest.Metrics[0].Name);
        Assert.Equal(["stretch-1", "stretch-2", "stretch-3", "stretch-4"], Suite.Samples.Select(s => s.Group).Distinct());
        Assert.All(Suite.Samples.CountBy(s => s.Label), c => Assert.InRange(c.Value, 80, 100));
    }

    /// <summary>scikit-learn's rows 898 to 1796, pixel for pixel: sums taken from load_digits() itself.</summary>
    [Fact]
    public void Load_Digits_AreTheImagesOfScikitLearn()
    {
        var pixels = Suite.Input!.Data.Span;
        long sum = 0, weighted = 0;
        for (var i = 0; i < pixels.Length; i++)
        {
            Assert.InRange(pixels[i], 0, 16);
            sum += pixels[i];
            weighted += (long)pixels[i] * (i % 9973);
        }

        Assert.Equal((279044L, 1348848860L), (sum, weighted));
        Assert.Equal(1817177L, Suite.Samples.Sum(s => (long)Suite.Reference.ClassOfSample[s.Ordinal] * s.Ordinal));
        Assert.Equal(("row-0898", "row-1796"), (Suite.Samples[0].Id, Suite.Samples[^1].Id));
    }

    [Fact]
    public void Load_Digits_NoTrainingImageIsASample()
    {
        Assert.True(NpyFile.TryRead(Suite.Read("baselines/train/images.npy"), out var train, out var error), error);
        var seen = Enumerable.Range(0, train.SampleCount).Select(i => Convert.ToHexString(train.Samples(i, 1).Span)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(898, seen.Count);
        Assert.All(Enumerable.Range(0, 899), i => Assert.DoesNotContain(Convert.ToHexString(Suite.Input!.Samples(i, 1).Span), seen));
    }

    [Fact]
    public void SourceFile_EveryFile_IsListedWithALicence()
    {
        var source = File.ReadAllLines(Repository.PathOf($"{Folder}/SOURCE.md"));

        Assert.All(Suite.Files, f => Assert.Contains(source, line => line.StartsWith($"| `{f.Path}` |", StringComparison.Ordinal) && (line.Contains("Apache-2.0", StringComparison.Ordinal) || line.Contains("CC-BY-4.0", StringComparison.Ordinal))));
        Assert.Equal(Suite.Files.Length, source.Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void Baselines_Files_AreSmallAndEachIsListed()
    {
        Assert.Equal(
            Suite.Files.Select(f => f.Path).Where(p => p.EndsWith(".onnx", StringComparison.Ordinal)),
            Suite.Baselines.Select(b => b.File).Order(StringComparer.Ordinal));
        Assert.All(Suite.Baselines, b => Assert.InRange(Suite.Read(b.File).Length, 100, 400_000));
        Assert.Equal(6, Suite.Baselines.Select(b => b.Preprocessing).Distinct().Count());
    }

    /// <summary>Another product's results are compared with Arena's own by the end-to-end test, and must stay in step
    /// with the baselines. Made by: baselines/train.py --reference tests/Arena.Tests/Evaluation/digits-reference.csv</summary>
    [Fact]
    public void Reference_CountsAndPredictions_AgreeAndCoverEveryBaseline()
    {
        var counts = Rows("digits-reference.csv");
        var predictions = Rows("digits-reference-predictions.csv");

        Assert.Equal(Suite.Baselines.Select(b => b.Slug), counts.Skip(1).Select(c => c[0]));
        Assert.Equal(["ordinal", .. counts.Skip(1).Select(c => c[0])], predictions[0]);
        Assert.All(counts.Skip(1), (row, i) => Assert.Equal(row[1], $"{predictions.Skip(1).Where((p, at) => p[i + 1] == Suite.Samples[at].Label).Count()}"));
        Assert.All(counts.Skip(1), row => Assert.Equal("899", row[2]));
    }

    /// <summary>No result is shipped: what a visitor sees was measured by Arena.</summary>
    [Fact]
    public void Digits_NoResultIsShipped()
    {
        var counts = Rows("digits-reference.csv").Skip(1).ToList();
        var texts = new[] { "suite.yaml", "SOURCE.md", "baselines/baselines.yaml" }.Select(f => File.ReadAllText(Repository.PathOf($"{Folder}/{f}")));

        Assert.All(texts, text => Assert.DoesNotContain("accuracy:", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(texts, text => Assert.All(counts, c => Assert.DoesNotMatch($@"\b{c[1]}\b", text)));
    }

    private static List<string[]> Rows(string file) =>
        [.. File.ReadAllLines(Repository.PathOf($"tests/Arena.Tests/Evaluation/{file}")).Select(l => l.Split(','))];

    private static SuiteDefinition Load()
    {
        var load = SuiteFolder.Load(Repository.PathOf(Folder));
        return load is SuiteLoad.Loaded loaded ? loaded.Suite : throw new InvalidOperationException(load.ToString());
    }
}
