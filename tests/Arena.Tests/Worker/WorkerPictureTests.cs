using System.Globalization;
using Arena.Contracts.Workers;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.ImageToImage;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation;
using Arena.Tests.Support;

namespace Arena.Tests.Worker;

/// <summary>Pictures through a worker. The reference runs the same files without ONNX Runtime; made by: tests/Arena.Tests/Evaluation/upscaling_reference.py</summary>
public sealed class WorkerPictureTests : WorkerTestBase
{
    private static readonly ILookup<string, (int Ordinal, double Psnr, double Ssim)> Reference =
        File.ReadLines(Path.Combine(RepositoryFolder.Path, "tests", "Arena.Tests", "Evaluation", "upscaling-reference.csv")).Skip(1).Select(line => line.Split(','))
            .ToLookup(row => row[0], row => (int.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[2], CultureInfo.InvariantCulture), double.Parse(row[3], CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    private static SuiteDefinition Upscaling => UpscalingSuite.Loaded.Value;

    public static TheoryData<string> Baselines => [.. Upscaling.Baselines.Select(baseline => baseline.Slug)];

    [Theory]
    [MemberData(nameof(Baselines))]
    public async Task Evaluate_BaselineOfUpscaling_MeasuresAsTheReference(string slug)
    {
        var baseline = Upscaling.Baselines.Single(b => string.Equals(b.Slug, slug, StringComparison.Ordinal));
        var expected = Reference[slug].ToList();
        var lease = Lease(baseline);

        await RunOnceAsync(lease with { Jobs = [lease.Jobs[0] with { Count = expected.Count }] });

        Assert.Empty(Server.Failed);
        Assert.Equal(4, expected.Count);
        foreach (var chunk in Server.Completed.Keys.SelectMany(Server.Outputs))
        {
            var scored = Assert.IsType<ScoreOutcome.Scored>(ImageToImageFamily.Instance.Score(Upscaling.Manifest.Task, Upscaling.Manifest.Metrics, baseline.Output, chunk, Upscaling.Reference));
            for (var i = 0; i < chunk.Count; i++)
            {
                var (ordinal, psnr, ssim) = expected[chunk.FirstOrdinal + i];
                Assert.Equal(chunk.FirstOrdinal + i, ordinal);
                // a pixel that lies between two values may be rounded to the other one
                Assert.Equal(psnr, scored.Measurements[0][i], 0.01);
                Assert.Equal(ssim, scored.Measurements[1][i], 0.0005);
            }
        }

        Assert.Equal(expected.Count, Server.Completed.Keys.SelectMany(Server.Outputs).Sum(chunk => chunk.Count));
    }

    [Fact]
    public async Task Evaluate_RepeatedPixels_AnswersEveryPixelFourByFourTimes()
    {
        var baseline = Upscaling.Baselines.Single(b => string.Equals(b.Slug, "nearest", StringComparison.Ordinal));

        await RunOnceAsync(Lease(baseline));

        Assert.Empty(Server.Failed);
        var seen = 0;
        foreach (var chunk in Server.Completed.Keys.Order().SelectMany(Server.Outputs))
        {
            for (var i = 0; i < chunk.Count; i++, seen++)
            {
                var given = Assert.IsType<ShownContent.Image>(ImageToImageFamily.Instance.ShowInput(Upscaling, chunk.FirstOrdinal + i));
                var answer = Assert.IsType<ShownContent.Image>(ImageToImageFamily.Instance.ShowOutput(Upscaling.Manifest.Task, baseline.Output, chunk, i));
                Assert.Equal((4 * given.Width, 4 * given.Height), (answer.Width, answer.Height));
                var repeated = new byte[answer.Rgb.Length];
                for (var p = 0; p < repeated.Length; p++)
                {
                    var (pixel, colour) = (p / 3, p % 3);
                    repeated[p] = given.Rgb.Span[3 * (pixel / answer.Width / 4 * given.Width + pixel % answer.Width / 4) + colour];
                }

                Assert.True(answer.Rgb.Span.SequenceEqual(repeated));
            }
        }

        Assert.Equal(Upscaling.Samples.Length, seen);
    }

    [Fact]
    public async Task Evaluate_PicturesLargerThanAChunk_AreSentInSeveral()
    {
        Server.MaximumChunkBytes = 200_000; // two pictures of 76,800 bytes

        await RunOnceAsync(Lease(Upscaling.Baselines[0]));

        Assert.Equal(Enumerable.Range(0, 33).Select(i => (2 * i, i < 32 ? 2 : 1)), Server.Completed[1].Chunks.Select(chunk => (chunk.FirstOrdinal, chunk.Count)));
        Assert.All(Server.Chunks.Values, body => Assert.InRange(body.Length, 76_800, 200_000));
    }

    [Fact]
    public async Task Evaluate_PictureThatFitsNoChunk_IsTheWorkersFaultAndSaysSo()
    {
        Server.MaximumChunkBytes = 70_000;

        await RunOnceAsync(Lease(Upscaling.Baselines[0]));

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.WorkerFault, failure.Fault);
        Assert.Equal("One sample's output of 76800 bytes does not fit into a chunk of 70000 bytes, the most that the server takes.", failure.Reason);
    }

    [Fact]
    public async Task Evaluate_PicturesOfAnotherSize_AreTheEntrysFault()
    {
        var lease = Lease(Upscaling.Baselines[0]);

        await RunOnceAsync(lease with { Output = lease.Output with { Sizes = [80, 160] } });

        var failure = OnlyFailure();
        Assert.Equal(FailRequest.EntryFault, failure.Fault);
        Assert.Equal("Output 'enlarged' is uint8 [N, 160, 160, 3]; pictures must be uint8, or float32 in 0 to 1, of the shape [N, 80, 160, 3] or [N, 3, 80, 160].", failure.Reason);
    }

    [Fact]
    public async Task Evaluate_FamilyOfALaterVersion_IsTheWorkersFault()
    {
        var lease = Lease(Upscaling.Baselines[0]);

        await RunOnceAsync(lease with { Output = lease.Output with { Family = "image-to-smell" } });

        var failure = OnlyFailure();
        Assert.Equal((FailRequest.WorkerFault, "This worker does not know tasks of image-to-smell. Update it."), (failure.Fault, failure.Reason));
    }

    [Fact]
    public async Task Evaluate_SizesThatCannotBe_AreTheSuitesFault()
    {
        var lease = Lease(Upscaling.Baselines[0]);

        await RunOnceAsync(lease with { Output = lease.Output with { Sizes = [3] } });

        var failure = OnlyFailure();
        Assert.Equal((FailRequest.SuiteFault, "A task of image-to-image cannot have the sizes 3."), (failure.Fault, failure.Reason));
    }

    private RunLease Lease(SuiteBaseline baseline)
    {
        var input = Upscaling.Manifest.Input;
        var variant = Upscaling.Manifest.FindPreprocessing(baseline.Preprocessing)!;
        return new RunLease(
            Guid.NewGuid(),
            "tested version 1",
            Server.Serve(Upscaling.Read(baseline.File).ToArray()),
            new InputArtefact(input.Name, input.ElementType.Name(), [.. input.SampleShape], Server.Serve(Upscaling.Read(input.File).ToArray())),
            new PreprocessingStep(variant.Name, variant.ElementType.Name(), [.. variant.SampleShape], variant.Scale, variant.Offset),
            new OutputContract(baseline.Output.Name, "image", ImageToImageFamily.FamilyName, [160, 160]),
            new EvaluationLimits(60, 1L << 30),
            [new JobLease(1, 1, Guid.NewGuid(), 90, 0, Upscaling.Samples.Length)]);
    }
}
