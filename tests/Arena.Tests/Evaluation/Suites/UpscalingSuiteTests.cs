using Arena.Evaluation.Families.ImageToImage;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

/// <summary>The suite of pictures that comes with Arena.</summary>
public sealed class UpscalingSuiteTests
{
    private static readonly SuiteDefinition Suite = UpscalingSuite.Loaded.Value;
    private static readonly NpyArray References = NpyFile.TryRead(Suite.Read("references.npy"), out var array, out var error) ? array : throw new InvalidDataException(error);

    [Fact]
    public void Load_Upscaling_HasItsSamplesAndBaselines()
    {
        Assert.Equal(("upscaling", 65, 11), (Suite.Manifest.Slug, Suite.Samples.Length, Suite.Baselines.Length));
        Assert.True(Suite.Manifest.Votes);
        Assert.Equal(4, Suite.Manifest.Arena!.SlateSize);
        Assert.Equal(new ImageToImageTask(160, 160, "references.npy"), Suite.Manifest.Task);
        Assert.Equal(TensorShape.Create([65, 40, 40, 3]), Suite.Input!.Shape);
        Assert.Equal(19, Suite.Samples.Select(s => s.Group).Distinct().Count());
        Assert.Equal("psnr", Suite.Manifest.Metrics[0].Name);
    }

    /// <summary>Each input is its reference made smaller: their means agree, and no two samples are the same.</summary>
    [Fact]
    public void Load_Upscaling_InputsBelongToTheirReferences()
    {
        var distances = Suite.Samples.Select(s => Math.Abs(Mean(Suite.Input!.Samples(s.Ordinal, 1).Span) - Mean(References.Samples(s.Ordinal, 1).Span)));

        Assert.All(distances, distance => Assert.InRange(distance, 0, 0.6));
        Assert.Equal(65, Suite.Samples.Select(s => Convert.ToHexString(References.Samples(s.Ordinal, 1).Span)).Distinct().Count());
    }

    /// <summary>Nobody can judge a crop that shows nothing.</summary>
    [Fact]
    public void Load_Upscaling_EveryCropHasDetail() =>
        Assert.All(Suite.Samples, sample =>
        {
            var pixels = References.Samples(sample.Ordinal, 1).ToArray();
            var change = Enumerable.Range(480, pixels.Length - 480).Average(i => Math.Abs(pixels[i] - pixels[i - 480]) + Math.Abs(pixels[i] - pixels[i - 3]));
            Assert.True(change > 4, $"{sample.Id} changes by {change:0.0} from pixel to pixel.");
        });

    [Fact]
    public void Load_Upscaling_NoEvaluatedPhotographIsTrainedOn()
    {
        var trained = Suite.Files.Select(f => f.Path).Where(p => p.StartsWith("baselines/train/", StringComparison.Ordinal)).Select(p => Path.GetFileNameWithoutExtension(p)).ToList();

        Assert.Equal(14, trained.Count);
        Assert.Empty(trained.Intersect(Suite.Samples.Select(s => s.Group), StringComparer.Ordinal));
    }

    [Fact]
    public void SourceFile_EveryFileAndPhotograph_IsListedWithItsLicence()
    {
        var source = File.ReadAllLines(Repository.PathOf(UpscalingSuite.Folder + "/SOURCE.md"));
        var photographs = source.TakeWhile(line => !line.StartsWith("Training only", StringComparison.Ordinal)).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();

        Assert.All(Suite.Files, f => Assert.Contains(source, line => line.StartsWith($"| `{f.Path}` |", StringComparison.Ordinal)));
        Assert.Equal(Suite.Files.Length, source.Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
        Assert.Equal(
            Suite.Samples.CountBy(s => s.Group).Select(c => (c.Key, $"{c.Value}")),
            photographs.Select(row => (row[1].Split(':')[0], row[2])));
        Assert.All(photographs, row => Assert.Contains(row[4], (string[])["CC0-1.0", "CC-BY-2.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "BSD-3-Clause", "public domain"]));
    }

    [Fact]
    public void Upscaling_WholeSuite_IsSmall() => Assert.InRange(Suite.Files.Sum(f => (long)Suite.Read(f.Path).Length), 1 << 20, 8 << 20);

    /// <summary>No result is shipped: what a visitor sees was measured by Arena.</summary>
    [Fact]
    public void Upscaling_NoResultIsShipped() =>
        Assert.All((string[])["suite.yaml", "SOURCE.md", "baselines/baselines.yaml"], file => Assert.DoesNotMatch(@"\d dB\b|(?i:psnr|ssim):? *\d", File.ReadAllText(Repository.PathOf($"{UpscalingSuite.Folder}/{file}"))));

    private static double Mean(ReadOnlySpan<byte> bytes)
    {
        var sum = 0L;
        foreach (var each in bytes)
        {
            sum += each;
        }

        return (double)sum / bytes.Length;
    }
}
