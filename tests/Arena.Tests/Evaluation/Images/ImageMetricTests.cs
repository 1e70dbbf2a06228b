using System.Globalization;
using Arena.Evaluation.Images;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Images;

/// <summary>Against scikit-image 0.19.3: make_reference.py wrote scikit-image.csv.</summary>
public sealed class ImageMetricTests
{
    private static readonly Dictionary<string, (double Psnr, double Ssim)> Expected = File
        .ReadLines(Repository.PathOf("tests/Arena.Tests/Evaluation/Images/scikit-image.csv"))
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(row => row[0], row => (Number(row[1]), Number(row[2])), StringComparer.Ordinal);

    [Fact]
    public void Compute_Photographs_IsWhatScikitImageComputes()
    {
        var suite = UpscalingSuite.Loaded.Value;
        Assert.True(NpyFile.TryRead(suite.Read("references.npy"), out var references, out var error), error);

        Assert.Equal(suite.Samples.Length, Expected.Keys.Count(pair => pair.StartsWith("upscaling-", StringComparison.Ordinal)));
        Assert.All(suite.Samples, sample =>
        {
            var (psnr, ssim) = Expected[string.Create(CultureInfo.InvariantCulture, $"upscaling-{sample.Ordinal}")];
            var enlarged = Repeat(suite.Input!.Samples(sample.Ordinal, 1).Span, 40, 4);
            var reference = references.Samples(sample.Ordinal, 1).Span;
            Assert.Equal(psnr, PeakSignalToNoise.Compute(enlarged, reference), 1e-9);
            Assert.Equal(ssim, StructuralSimilarity.Compute(enlarged, reference, 160, 160), 1e-9);
        });
    }

    [Theory]
    [InlineData(11, 11)] // a single window
    [InlineData(12, 40)]
    [InlineData(37, 23)]
    public void Compute_OddSizes_IsWhatScikitImageComputes(int height, int width)
    {
        var (psnr, ssim) = Expected[string.Create(CultureInfo.InvariantCulture, $"made-{height}x{width}")];
        var (picture, reference) = (Make(height, width, 5), Make(height, width, 6));

        Assert.Equal(psnr, PeakSignalToNoise.Compute(picture, reference), 1e-9);
        Assert.Equal(ssim, StructuralSimilarity.Compute(picture, reference, width, height), 1e-9);
    }

    [Fact]
    public void Compute_EqualPictures_IsTheEndOfTheScale()
    {
        var picture = Make(20, 30, 5);

        Assert.Equal(100, PeakSignalToNoise.Compute(picture, picture));
        Assert.Equal(1, StructuralSimilarity.Compute(picture, picture, 30, 20), 1e-12);
    }

    [Fact]
    public void Psnr_OneStepInOneColourOfOnePixel_IsStillToldFromEqual()
    {
        var picture = new byte[160 * 160 * 3];
        var other = picture.ToArray();
        other[4711] = 1;

        Assert.Equal(10 * Math.Log10(255.0 * 255 * picture.Length), PeakSignalToNoise.Compute(picture, other), 1e-9);
        Assert.InRange(PeakSignalToNoise.Compute(picture, other), 96, PeakSignalToNoise.Most - 1);
    }

    [Fact]
    public void Psnr_OneStepInAHugePicture_IsNotAboveEqualOnes()
    {
        var picture = new byte[1024 * 1024 * 3];
        var other = picture.ToArray();
        other[4711] = 1;

        Assert.Equal(PeakSignalToNoise.Most, PeakSignalToNoise.Compute(picture, other));
    }

    [Fact]
    public void Compute_OtherSizes_Throws()
    {
        Assert.Throws<ArgumentException>(() => PeakSignalToNoise.Compute(new byte[3], new byte[6]));
        Assert.Throws<ArgumentException>(() => PeakSignalToNoise.Compute([], []));
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Compute(new byte[363], new byte[360], 11, 11));
        Assert.Throws<ArgumentException>(() => StructuralSimilarity.Compute(new byte[330], new byte[330], 10, 11));
    }

    /// <summary>The formula of make_reference.py.</summary>
    private static byte[] Make(int height, int width, int factor) =>
    [
        .. from y in Enumerable.Range(0, height)
           from x in Enumerable.Range(0, width)
           from c in Enumerable.Range(0, 3)
           select (byte)((x * x * factor + y * 31 + x * y * 3 + c * 57) % 256),
    ];

    private static byte[] Repeat(ReadOnlySpan<byte> picture, int side, int times)
    {
        var large = new byte[picture.Length * times * times];
        for (var i = 0; i < large.Length; i++)
        {
            var (y, x, c) = (i / 3 / (side * times), i / 3 % (side * times), i % 3);
            large[i] = picture[3 * (y / times * side + x / times) + c];
        }

        return large;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
