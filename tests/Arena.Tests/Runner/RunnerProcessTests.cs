using Arena.Inference;
using Arena.Inference.Runner;
using Arena.Tests.Inference;
using Xunit;

namespace Arena.Tests.Runner;

public sealed class RunnerProcessTests : RunnerTestBase
{
    [Fact]
    public async Task Load_Model_GivesTheSignature()
    {
        await using var runner = await StartAsync("matmul");

        Assert.Equal("a: Float32[rows, inner]; b: Float32[inner, 2]", string.Join("; ", runner.Signature!.Inputs));
        Assert.Equal("product: Float32[rows, 2]; zero: Float32[rows, inner]", string.Join("; ", runner.Signature.Outputs));
        Assert.Equal("1.30.0", runner.Signature.RuntimeVersion);
    }

    [Fact]
    public async Task Run_SeveralBatches_GivesExactNumbers()
    {
        await using var runner = await StartAsync("add");

        foreach (int rows in (int[])[1, 7, 3, 0])
        {
            float[] x = [.. Enumerable.Range(0, rows * 3).Select(i => (float)i)];
            using var outputs = await runner.RunAsync(new[] { Input(x, rows, 3) }, Limit);

            Assert.Equal("y", outputs.Name(0));
            Assert.Equal([rows, 3L], outputs[0].Dimensions.ToArray());
            Assert.Equal(x.Select((v, i) => v + (10 * ((i % 3) + 1))), outputs[0].AsSpan<float>().ToArray());
        }
    }

    [Fact]
    public async Task Run_SeveralInputsOutputsAndTypes_AllArrive()
    {
        await using var products = await StartAsync("matmul", outputs: ["zero", "product"]);
        using (var outputs = await products.RunAsync(new[] { Input([1f, 2, 3], 1, 3), Input([1f, -1, 0, 2, 10, 0.5f], 3, 2) }, Limit))
        {
            Assert.Equal("zero", outputs.Name(0));
            Assert.Equal([31f, 4.5f], outputs[1].AsSpan<float>().ToArray());
        }

        await using var bytes = await StartAsync("uint8_scale");
        using (var outputs = await bytes.RunAsync(new[] { Input<byte>([0, 255], 1, 2) }, Limit))
        {
            Assert.Equal([0f, 127.5f], outputs[0].AsSpan<float>().ToArray());
            Assert.Equal([0, 255], outputs[1].AsSpan<byte>().ToArray());
        }

        await using var longs = await StartAsync("int64_add");
        using (var outputs = await longs.RunAsync(new[] { Input([(1L << 53) + 1], 1) }, Limit))
            Assert.Equal([(1L << 53) + 2], outputs[0].AsSpan<long>().ToArray());
    }

    [Fact]
    public async Task Run_TwoMegabytesInAndOut_ArriveWhole()
    {
        await using var runner = await StartAsync("add");
        float[] x = [.. Enumerable.Range(0, 600_000).Select(i => (float)i)];

        using var outputs = await runner.RunAsync(new[] { Input(x, 200_000, 3) }, Limit);

        Assert.Equal(x.Select((v, i) => v + (10 * ((i % 3) + 1))), outputs[0].AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task Run_ManyCallsAtOnce_EachGetsItsOwnAnswer()
    {
        await using var runner = await StartAsync("add");

        float[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var outputs = await runner.RunAsync(new[] { Input([i, 0f, 0], 1, 3) }, Limit);
            return outputs[0].AsSpan<float>()[0];
        }));

        Assert.Equal(Enumerable.Range(10, 40).Select(i => (float)i), answers);
    }

    [Fact]
    public async Task Load_GarbageModel_IsTheEntrysFaultWithTheRuntimesMessage()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, [1, 2, 3, 4, 5, 6, 7, 8]);
        await using var runner = await RunnerProcess.StartAsync();

        var failure = await FailsAsync<RunnerFailure.ModelError>(() => runner.LoadAsync(new RunnerModel(path), Limit));

        File.Delete(path);
        Assert.Equal(OnnxRuntimeErrorCode.InvalidProtobuf, failure.Code);
        Assert.Equal(RunnerFault.Entry, failure.Fault);
    }

    [Fact]
    public async Task Load_FileThatIsNotThere_IsTheWorkersFault()
    {
        await using var runner = await RunnerProcess.StartAsync();

        var failure = await FailsAsync<RunnerFailure.CannotStart>(() => runner.LoadAsync(new RunnerModel("/nowhere/model.onnx"), Limit));

        Assert.Equal(RunnerFault.Worker, failure.Fault);
        Assert.Contains("/nowhere/model.onnx", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_SequenceOfMaps_IsRefusedUnlessOnlyTheLabelIsWanted()
    {
        var failure = await FailsAsync<RunnerFailure.ModelError>(() => StartAsync("zipmap"));
        await using var runner = await StartAsync("zipmap", outputs: ["label"]);
        using var outputs = await runner.RunAsync(new[] { Input([0f, 2, 1], 1, 3) }, Limit);

        Assert.Contains("'probabilities' is a sequence", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1L], outputs[0].AsSpan<long>().ToArray());
    }

    [Fact]
    public async Task Load_OutputThatTheModelLacks_NamesThoseItHas()
    {
        var failure = await FailsAsync<RunnerFailure.ModelError>(() => StartAsync("matmul", outputs: ["scores"]));

        Assert.Contains("no output 'scores'. It has: product, zero", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongShape_IsTheEntrysFaultAndTheRunnerLivesOn()
    {
        await using var runner = await StartAsync("add");

        var failure = await FailsAsync<RunnerFailure.ModelError>(() => runner.RunAsync(new[] { Input([1f, 2], 1, 2) }, Limit).AsTask());
        using var outputs = await runner.RunAsync(new[] { Input([1f, 2, 3], 1, 3) }, Limit);

        Assert.Contains("Got: 2 Expected: 3", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.RunnerSurvives);
        Assert.Equal([11f, 22, 33], outputs[0].AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task Run_OutputsOverTheLimit_IsTheEntrysFaultAndTheRunnerLivesOn()
    {
        await using var runner = await RunnerProcess.StartAsync();
        await runner.LoadAsync(new RunnerModel(TestModels.Path("expand")) { MaxOutputBytes = 8000 }, Limit);

        var failure = await FailsAsync<RunnerFailure.ModelError>(() => runner.RunAsync(new[] { Input([1f, 2, 3], 3, 1) }, Limit).AsTask());
        using var outputs = await runner.RunAsync(new[] { Input([1f], 1, 1) }, Limit);

        Assert.Contains("at most 8000", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1000, outputs[0].AsSpan<float>().Length);
    }

    [Fact]
    public async Task Run_InputsThatDoNotFit_AreRefusedBeforeTheyTravel()
    {
        await using var runner = await StartAsync("add");

        await Assert.ThrowsAsync<ArgumentException>(() => runner.RunAsync(Array.Empty<RunnerInput>(), Limit).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => runner.RunAsync(new[] { Input([1f], 1, 3) }, Limit).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => runner.RunAsync(new[] { Input([1f], [.. Enumerable.Repeat(1L, 33)]) }, Limit).AsTask());
        using (var outputs = await runner.RunAsync(new[] { Input([1f, 2, 3], 1, 3) }, Limit))
            Assert.Equal(11f, outputs[0].AsSpan<float>()[0]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.LoadAsync(new RunnerModel("x"), Limit));
    }

    [Fact]
    public async Task Dispose_Running_KillsAndReaps()
    {
        var runner = await StartAsync("loop");
        var run = runner.RunAsync(Forever(), Limit).AsTask();

        await runner.DisposeAsync();

        await FailsAsync<RunnerFailure.Killed>(() => run);
        Assert.False(Directory.Exists($"/proc/{runner.ProcessId}"));
    }
}
