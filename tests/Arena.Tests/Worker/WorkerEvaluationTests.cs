using System.Globalization;
using System.Runtime.InteropServices;
using Arena.Contracts.Workers;
using Arena.Evaluation.Families;
using Arena.Evaluation.Families.Classification;
using Arena.Tests.Support;

namespace Arena.Tests.Worker;

public sealed class WorkerEvaluationTests : WorkerTestBase
{
    private static readonly string[][] Reference = Read("digits-reference.csv");
    private static readonly string[][] ReferencePredictions = Read("digits-reference-predictions.csv");

    [Theory]
    [InlineData("most-frequent")] // labels, of bytes
    [InlineData("logistic-regression")]
    [InlineData("random-forest")] // trees of ai.onnx.ml
    [InlineData("mlp-64-int8")]
    [InlineData("conv-net")] // images
    public async Task Evaluate_BaselineOfTheDigits_AnswersAsTheReference(string name)
    {
        var baseline = Digits.Baselines.Single(b => string.Equals(b.Slug, name, StringComparison.Ordinal));

        await RunOnceAsync(Lease(baseline, size: 256));

        Assert.Empty(Server.Failed);
        Assert.Equal(4, Server.Completed.Count);
        var predictions = new List<int>();
        var correct = 0;
        foreach (var chunk in Server.Completed.Keys.Order().SelectMany(Server.Outputs))
        {
            Assert.Equal(predictions.Count, chunk.FirstOrdinal);
            var scored = Assert.IsType<ScoreOutcome.Scored>(ClassificationFamily.Instance.Score(Digits.Manifest.Task, [Digits.Manifest.Metrics[0]], baseline.Output, chunk, Digits.Reference));
            correct += (int)scored.Measurements[0].Sum();
            predictions.AddRange(scored.Predictions!);
        }

        Assert.Equal(int.Parse(Reference.Single(row => string.Equals(row[0], name, StringComparison.Ordinal))[1], CultureInfo.InvariantCulture), correct);
        var column = ReferencePredictions[0].IndexOf(name);
        Assert.Equal(ReferencePredictions.Skip(1).Select(row => int.Parse(row[column], CultureInfo.InvariantCulture)), predictions);
    }

    [Theory]
    [InlineData("pixels", 250)]
    [InlineData("fixed_batch", 250)] // 100 samples a batch, always: the last one is padded
    public async Task Evaluate_AnyBatchAxis_AnswersEverySampleOnce(string model, int size)
    {
        await RunOnceAsync(Lease(Model(model), samples: 899, size: size));

        Assert.Empty(Server.Failed);
        var scores = Server.Completed.Keys.Order().SelectMany(Server.Outputs).SelectMany(chunk => MemoryMarshal.Cast<byte, float>(chunk.Outputs[0].Data.Span).ToArray());
        var pixels = Enumerable.Range(0, 899).SelectMany(sample => Digits.Input!.Samples(sample, 1)[..10].ToArray()).Select(pixel => (float)pixel);
        Assert.Equal(pixels, scores);
    }

    [Fact]
    public async Task Evaluate_SmallChunks_CoverTheJobExactlyOnce()
    {
        Server.MaximumChunkBytes = 4096; // some 100 samples of ten floats

        await RunOnceAsync(Lease(Model("pixels"), samples: 450, size: 450));

        var chunks = Server.Completed[1].Chunks;
        Assert.Equal(5, chunks.Count);
        Assert.Equal(chunks.Select((_, i) => chunks.Take(i).Sum(chunk => chunk.Count)), chunks.Select(chunk => chunk.FirstOrdinal));
        Assert.Equal(450, Server.Outputs(1).Sum(chunk => chunk.Count));
        Assert.All(Server.Chunks.Values, body => Assert.True(body.Length <= 4096));
    }

    [Fact]
    public async Task Evaluate_TheSameFilesTwice_FetchesThemOnce()
    {
        await RunOnceAsync(Lease(Model("pixels")));
        await RunOnceAsync(Lease(Model("pixels")));

        Assert.Equal(2, Server.Requests.Count(request => request.StartsWith("GET /files/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Evaluate_ATwoJobRun_SaysOneLineAnEvent()
    {
        var worker = await RunOnceAsync(Lease(Model("pixels"), samples: 512));

        var lines = worker.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("waiting for work from http://127.0.0.1", lines[0], StringComparison.Ordinal);
        Assert.Equal("evaluating tested version 1: samples 0 to 255 …", lines[1]);
        Assert.Matches("^done, [0-9,]+ samples/s$", lines[2]);
        Assert.Equal("evaluating tested version 1: samples 256 to 511 …", lines[3]);
        Assert.Equal(5, lines.Length);
        Assert.Empty(worker.Errors);
    }

    [Fact]
    public async Task Register_AnyMachine_SaysWhatItIs()
    {
        Server.Queue(Lease(Model("pixels")));

        Assert.Equal(0, await Start("--once", "--name", "under the desk").ExitCode.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.True(Server.Registered.TryPeek(out var registered));
        Assert.Equal("under the desk", registered.Name);
        Assert.Equal(WorkerProtocol.Version, registered.ProtocolVersion);
        Assert.Matches(@"^Arena\.Worker \d+\.\d+\.\d+; ONNX Runtime \d+\.\d+\.\d+; provider CPU; \.NET 10\.", registered.Software);
        Assert.Matches(@"; \d+ cores?; \d+\.\d GiB memory$", registered.Hardware);
    }

    private static string[][] Read(string file) =>
        [.. File.ReadLines(Path.Combine(RepositoryFolder.Path, "tests", "Arena.Tests", "Evaluation", file)).Select(line => line.Split(','))];
}
