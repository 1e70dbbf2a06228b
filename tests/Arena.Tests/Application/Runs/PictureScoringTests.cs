using System.Net.Http.Json;
using Arena.Application.Entries;
using Arena.Application.Suites;
using Arena.Contracts.Workers;
using Arena.Data.Runs;
using Arena.Evaluation.Tensors;
using Arena.Tests.Evaluation.Suites;
using Arena.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Arena.Tests.Application.Runs;

/// <summary>A run whose right answers are pictures that only the server has.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PictureScoringTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Complete_Pictures_AreScoredAgainstTheSuitesReferences()
    {
        await using var arena = await StartAsync();
        using var worker = await TestWorker.StartAsync(arena);
        var job = Assert.Single((await worker.AcquireAsync())!.Jobs);

        await CompleteAsync(worker, job, Pack(new byte[4 * SmallSuite.PictureBytes]));

        await using var context = await arena.OpenAsync();
        Assert.Equal(RunState.Finished, Assert.Single(context.Runs).State);
        var measured = Assert.Single(context.Set<MeasurementChunk>().AsNoTracking());
        Assert.Equal("psnr", measured.Metric);
        float[] expected = [100, .. new[] { 10, 20, 30 }.Select(error => (float)(20 * Math.Log10(255.0 / error)))];
        Assert.Equal(expected, measured.Values, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public async Task Complete_Pictures_ShowAsMeasuredOnTheEntrysPage()
    {
        await using var arena = await StartAsync();
        using var worker = await TestWorker.StartAsync(arena);
        await CompleteAsync(worker, (await worker.AcquireAsync())!.Jobs[0], Pack(new byte[4 * SmallSuite.PictureBytes]));

        var result = Assert.Single((await arena.Get<EntryQueries>().FindAsync("small-guess", default))!.Results);

        Assert.Equal(("psnr", 4, 4), (result.Metric, result.Run.Measured, result.Run.Total));
        Assert.Null(result.Confusion);
    }

    [Fact]
    public async Task Complete_PicturesOfAnotherSize_FailTheRunWithTheReason()
    {
        await using var arena = await StartAsync();
        using var worker = await TestWorker.StartAsync(arena);

        await CompleteAsync(worker, (await worker.AcquireAsync())!.Jobs[0], PackedOutputs.Encode(new(0, 4, [new OutputTensor("y", TensorElementType.UInt8, [16, 12, 3], new byte[4 * SmallSuite.PictureBytes])])));

        await using var context = await arena.OpenAsync();
        var run = Assert.Single(context.Runs);
        Assert.Equal((RunState.Failed, Fault.Entry), (run.State, run.FailureFault));
        Assert.StartsWith("Output 'y' is uint8 [N, 16, 12, 3]; pictures must be uint8", run.FailureReason, StringComparison.Ordinal);
    }

    /// <summary>A worker could copy the right pictures into its answers if it had them.</summary>
    [Fact]
    public async Task Lease_OfPictures_HoldsTheirSizeAndNoWayToTheReferences()
    {
        await using var arena = await StartAsync();
        using var worker = await TestWorker.StartAsync(arena);
        using var answer = await worker.Client.PostAsJsonAsync(WorkerProtocol.AcquirePath, new AcquireRequest(["cpu"], 1, 0));
        var run = (await answer.Content.ReadFromJsonAsync<AcquireAnswer>())!.Run!;

        Assert.Equal(("image", "image-to-image"), (run.Output.Kind, run.Output.Family));
        Assert.Equal([12, 16], run.Output.Sizes);
        Assert.DoesNotContain("right", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        foreach (var file in new[] { run.Model, run.Input.File })
        {
            var bytes = await worker.Client.GetByteArrayAsync(new Uri(file.Url, UriKind.Relative));
            Assert.True(bytes.AsSpan().IndexOf(SmallSuite.References(4).AsSpan()[^SmallSuite.PictureBytes..]) < 0);
        }
    }

    private async Task<TestArena> StartAsync()
    {
        var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(SmallSuite.OfPictures().Load(), "test", default);
        return arena;
    }

    private static byte[] Pack(byte[] pictures) => PackedOutputs.Encode(new(0, 4, [new OutputTensor("y", TensorElementType.UInt8, [12, 16, 3], pictures)]));

    private static async Task CompleteAsync(TestWorker worker, JobLease job, byte[] body)
    {
        using var uploaded = await worker.UploadAsync(job, 0, 4, body);
        uploaded.EnsureSuccessStatusCode();
        using var completed = await worker.CompleteAsync(job, (0, 4, body));
        completed.EnsureSuccessStatusCode();
    }
}
