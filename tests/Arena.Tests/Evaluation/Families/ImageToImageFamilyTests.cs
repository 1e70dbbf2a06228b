using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.ImageToImage;
using Arena.Evaluation.Images;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Families;

public sealed class ImageToImageFamilyTests
{
    private const int Height = 12;
    private const int Width = 16;
    private const int Elements = Height * Width * 3;
    private static readonly ImageToImageFamily Family = ImageToImageFamily.Instance;
    private static readonly ImageToImageTask Task = new(Height, Width, "right.npy");
    private static readonly OutputChoice Choice = new("picture", OutputKind.Image);
    private static readonly TensorShape Last = [Height, Width, 3];
    private static readonly TensorShape First = [3, Height, Width];
    private static readonly byte[][] Right = [.. Enumerable.Range(0, 4).Select(Picture)];
    private static readonly ScoringReference Reference = Read(Right);
    private static readonly ImmutableArray<SuiteMetric> Metrics =
    [
        new("ssim", "SSIM", MetricKind.Numeric, MetricDirection.Higher, 0, MetricAggregation.Mean),
        new("psnr", "PSNR", MetricKind.Numeric, MetricDirection.Higher, 0, MetricAggregation.Mean),
    ];

    [Fact]
    public void Score_LaterChunk_IsComparedWithItsOwnPictures()
    {
        var scored = Scored(Bytes(firstOrdinal: 1, Last, Right[1], Right[3]));

        Assert.Equal([1f, (float)StructuralSimilarity.Compute(Right[3], Right[2], Width, Height)], scored.Measurements[0]);
        Assert.Equal([100f, (float)PeakSignalToNoise.Compute(Right[3], Right[2])], scored.Measurements[1]);
        Assert.Empty(scored.Predictions);
    }

    [Fact]
    public void Score_EveryTypeAndOrder_IsTheSamePicture()
    {
        var floats = Right[0].Select(value => value / 255f).ToArray();

        Assert.All(
            (OutputChunk[])[Bytes(0, Last, Right[0]), Bytes(0, First, Planes(Right[0])), Floats(0, Last, floats), Floats(0, First, Planes(floats))],
            chunk => Assert.Equal([100f], Scored(chunk).Measurements[1]));
    }

    [Fact]
    public void Score_FloatingPoint_IsRoundedToTheEightBitsThatPeopleSee()
    {
        var near = Right[0].Select(value => Math.Clamp((value + 0.49f) / 255f, 0, 1)).ToArray();
        var off = Right[0].Select(value => Math.Clamp((value + (value < 255 ? 0.51f : -0.51f)) / 255f, 0, 1)).ToArray();

        Assert.Equal([100f], Scored(Floats(0, Last, near)).Measurements[1]);
        Assert.Equal((float)(10 * Math.Log10(255 * 255)), Scored(Floats(0, Last, off)).Measurements[1][0], 1e-3f);
    }

    [Theory]
    [InlineData(float.NaN, "NaN (not a number)")]
    [InlineData(float.PositiveInfinity, "infinity")]
    [InlineData(float.NegativeInfinity, "infinity")]
    [InlineData(1.0000001f, "1.0000001")]
    [InlineData(-0.5f, "-0.5")]
    public void Score_NumberThatIsNoBrightness_IsTheEntrysFault(float bad, string what)
    {
        var numbers = new float[2 * Elements];
        numbers[Elements + 5] = bad;

        Assert.Equal($"Output 'picture' holds {what} for sample 2; the numbers of a picture must lie in 0 to 1. End the model with a Clip to 0 and 1.", Fault(Floats(1, Last, numbers)));
    }

    [Fact]
    public void Score_TheEndsOfTheScale_AreNoFault() =>
        Assert.IsType<ScoreOutcome.Scored>(Score(Floats(0, Last, [.. Enumerable.Range(0, Elements).Select(i => i % 3 == 0 ? 0f : i % 3 == 1 ? 1f : -0f)])));

    [Fact]
    public void Score_OtherOutputs_AreTheEntrysFault()
    {
        const string Demand = "pictures must be uint8, or float32 in 0 to 1, of the shape [N, 12, 16, 3] or [N, 3, 12, 16].";

        Assert.Equal($"Output 'picture' is uint8 [N, 16, 12, 3]; {Demand}", Fault(Bytes(0, [Width, Height, 3], Right[0])));
        Assert.Equal($"Output 'picture' is uint8 [N, 576]; {Demand}", Fault(Bytes(0, [Elements], Right[0])));
        Assert.Equal($"Output 'picture' is int64 [N, 12, 16, 3]; {Demand}", Fault(new OutputChunk(0, 1, [new("picture", TensorElementType.Int64, Last, new byte[8 * Elements])])));
        Assert.Equal("The model gave no output 'picture'; it gave 'other'. Choose one of these.", Fault(new OutputChunk(0, 1, [new("other", TensorElementType.UInt8, Last, Right[0])])));
        Assert.StartsWith("Output 'picture' has 576 bytes; 2 samples of uint8 [12, 16, 3] were expected.", Fault(Bytes(0, Last, Right[0]) with { Count = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Score_SamplesWithoutAReference_Throws() =>
        Assert.Throws<ArgumentException>(() => Score(Bytes(3, Last, Right[0], Right[1])));

    [Fact]
    public void CheckOutput_DimensionNotKnownYet_IsNoFault()
    {
        Assert.Null(Family.CheckOutput(Task, Choice, TensorElementType.Float32, [-1, -1, 3]));
        Assert.Null(Family.CheckOutput(Task, Choice, TensorElementType.UInt8, [3, -1, -1]));
        Assert.NotNull(Family.CheckOutput(Task, Choice, TensorElementType.UInt8, [-1, -1, 4]));
    }

    [Fact]
    public void WithSizes_OfTheTask_ChecksLikeIt()
    {
        var sizes = Family.SizesOf(Task);

        Assert.Equal([Height, Width], sizes.AsEnumerable());
        Assert.Equal(Task with { ReferenceFile = "" }, Family.WithSizes(sizes.AsSpan()));
        Assert.Null(Family.WithSizes([10, 16]));
        Assert.Null(Family.WithSizes([12, 2049]));
        Assert.Null(Family.WithSizes([12, 16, 3]));
    }

    [Fact]
    public void ShowOutput_EveryTypeAndOrder_IsThePictureWithColoursLast()
    {
        var floats = Right[2].Select(value => value / 255f).ToArray();

        Assert.All(
            (OutputChunk[])[Bytes(7, Last, Right[0], Right[2]), Bytes(7, First, Planes(Right[0]), Planes(Right[2])), Floats(7, First, [.. new float[Elements], .. Planes(floats)])],
            chunk =>
            {
                var shown = Assert.IsType<ShownContent.Image>(Family.ShowOutput(Task, Choice, chunk, 1));
                Assert.Equal((Width, Height), (shown.Width, shown.Height));
                Assert.Equal(Right[2], shown.Rgb.ToArray());
            });
        Assert.Throws<ArgumentOutOfRangeException>(() => Family.ShowOutput(Task, Choice, Bytes(7, Last, Right[0]), 1));
    }

    [Fact]
    public void ShowInput_Upscaling_IsTheSmallPicture()
    {
        var suite = UpscalingSuite.Loaded.Value;
        var shown = Assert.IsType<ShownContent.Image>(Family.ShowInput(suite, 3));

        Assert.Equal((40, 40), (shown.Width, shown.Height));
        Assert.Equal(suite.Input!.Data.Slice(3 * 4800, 4800).ToArray(), shown.Rgb.ToArray());
    }

    private static byte[] Picture(int seed) => [.. Enumerable.Range(0, Elements).Select(i => (byte)(i * (7 + seed) + seed * seed * 40))];

    private static T[] Planes<T>(T[] picture) => [.. Enumerable.Range(0, 3).SelectMany(c => picture.Where((_, i) => i % 3 == c))];

    private static OutputChunk Bytes(int firstOrdinal, TensorShape shape, params byte[][] pictures) =>
        new(firstOrdinal, pictures.Length, [new("picture", TensorElementType.UInt8, shape, pictures.SelectMany(p => p).ToArray())]);

    private static OutputChunk Floats(int firstOrdinal, TensorShape shape, float[] numbers) =>
        new(firstOrdinal, numbers.Length / Elements, [new("picture", TensorElementType.Float32, shape, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray())]);

    private static ScoreOutcome Score(OutputChunk chunk) => Family.Score(Task, Metrics, Choice, chunk, Reference);

    private static ScoreOutcome.Scored Scored(OutputChunk chunk) => Assert.IsType<ScoreOutcome.Scored>(Score(chunk));

    private static string Fault(OutputChunk chunk) => Assert.IsType<ScoreOutcome.EntryFault>(Score(chunk)).Reason;

    private static ScoringReference Read(byte[][] pictures)
    {
        var file = NpyFile.Write(new NpyArray(TensorElementType.UInt8, [pictures.Length, Height, Width, 3], pictures.SelectMany(p => p).ToArray()));
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["right.npy"] = file };
        Assert.True(Family.TryReadReference(Task, new string[pictures.Length], new string[pictures.Length], files, out var reference, out var errors), string.Join(' ', errors));
        return reference;
    }
}
