using System.Globalization;
using Arena.Contracts.Workers;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.ImageToImage;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation;
using Arena.Tests.Support;

namespace Arena.Tests.Worker;

/// <summary>Pictures through a worker. The reference is what PyTorch computes for each entry and sample; made by:
/// baselines/train.py --reference tests/Arena.Tests/Evaluation/upscaling-reference.csv</summary>
public sealed class WorkerPictureTests : WorkerTestBase
{
    private static readonly string[][] Reference =
        [.. File.ReadLines(Path.Combine(RepositoryFolder.Path, "tests", "Arena.Tests", "Evaluation", "upscaling-reference.csv")).Select(line => line.Split(','))];

    private static SuiteDefinition Upscaling => UpscalingSuite.Loaded.Value;

    public static TheoryData<string> Baselines => [.. Upscaling.Baselines.Select(b => b.Slug)];

    [Theory]
    [MemberData(nameof(Baselines))]
    public async Task Evaluate_BaselineOfUpscaling_AnswersAsTheReference(string name)
    {
        var baseline = Upscaling.Baselines.Single(b => string.Equals(b.Slug, name, StringComparison.Ordinal));

        await RunOnceAsync(Lease(baseline));

        Assert.Empty(Server.Failed);
        List<float> measured = [];
        foreach (var chunk in Server.Completed.Keys.Order().SelectMany(Server.Outputs))
        {
            measured.AddRange(Assert.IsType<ScoreOutcome.Scored>(ImageToImageFamily.Instance.Score(Upscaling.Manifest.Task, Upscaling.Manifest.Metrics, baseline.Output, chunk, Upscaling.Reference)).Measurements[0]);
        }

        var column = Reference[0].IndexOf(name);
        var expected = Reference.Skip(1).Select(row => double.Parse(row[column], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(expected.Count, measured.Count);
        // a pixel that lies between two values may be rounded to the other one
        Assert.All(expected.Zip(measured), pair => Assert.Equal(pair.First, pair.Second, 0.01));
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
