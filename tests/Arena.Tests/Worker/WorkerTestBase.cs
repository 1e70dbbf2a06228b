using System.Globalization;
using Arena.Contracts.Workers;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Arena.Tests.Support;
using Arena.Worker.Hosting;

namespace Arena.Tests.Worker;

/// <summary>A fake server with the digits suite, and workers that run in this process.</summary>
public abstract class WorkerTestBase : IAsyncLifetime
{
    /// <summary>What a test with a model of its own uses: pixels 0 to 16 as 64 numbers.</summary>
    private protected const string Raw = "raw";

    private static readonly Lazy<SuiteDefinition> LoadedDigits = new(() =>
        Assert.IsType<SuiteLoad.Loaded>(SuiteFolder.Load(Path.Combine(RepositoryFolder.Path, "eval-suites", "digits"))).Suite);

    /// <summary>Short waits: the fake server is near.</summary>
    private protected static readonly WorkerPace Quick = new() { FirstDelay = TimeSpan.FromMilliseconds(20), MostDelay = TimeSpan.FromMilliseconds(200), Wait = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromMilliseconds(50) };

    private protected FakeArena Server { get; private set; } = null!;

    private protected TestFolder Folder { get; } = new();

    private protected static SuiteDefinition Digits => LoadedDigits.Value;

    public async Task InitializeAsync() => Server = await FakeArena.StartAsync();

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    private protected static byte[] Model(string name) => File.ReadAllBytes(Path.Combine(RepositoryFolder.Path, "tests", "Arena.Tests", "Worker", "Models", name + ".onnx"));

    /// <summary>Work on the digits suite: jobs of <paramref name="size"/> samples, numbered from 1.</summary>
    private protected RunLease Lease(byte[] model, string preprocessing = Raw, OutputContract? output = null, int samples = 256, int size = 256, int seconds = 60)
    {
        var input = Digits.Manifest.Input;
        var variant = Digits.Manifest.FindPreprocessing(preprocessing)!;
        var jobs = Enumerable.Range(0, (samples + size - 1) / size).Select(i => new JobLease(i + 1, 1, Guid.NewGuid(), 90, i * size, Math.Min(size, samples - (i * size))));
        return new RunLease(
            Guid.NewGuid(),
            "tested version 1",
            Server.Serve(model),
            new InputArtefact(input.Name, input.ElementType.Name(), [.. input.SampleShape], Server.Serve(Digits.Read(input.File).ToArray())),
            new PreprocessingStep(variant.Name, variant.ElementType.Name(), [.. variant.SampleShape], variant.Scale, variant.Offset),
            output ?? new OutputContract("scores", "scores", "classification", [10]),
            new EvaluationLimits(seconds, 1L << 30),
            [.. jobs]);
    }

    private protected RunLease Lease(SuiteBaseline baseline, int size) =>
        Lease(Digits.Read(baseline.File).ToArray(), baseline.Preprocessing, new OutputContract(baseline.Output.Name, OutputKinds.Name(baseline.Output.Kind), "classification", [10]), Digits.Samples.Length, size);

    /// <summary>A worker in this process.</summary>
    private protected RunningWorker Start(params string[] options) => Start(FakeArena.Token, options);

    private protected RunningWorker Start(string token, string[] options, Stream? input = null) =>
        new(["--server", Server.Address.ToString(), "--cache", Folder.In("cache"), .. options], token, input ?? Stream.Null, Quick);

    /// <summary>Does all the queued work of one lease and ends.</summary>
    private protected async Task<RunningWorker> RunOnceAsync(RunLease lease)
    {
        Server.Queue(lease);
        var worker = Start("--once");
        Assert.Equal(WorkerExitCode.Done, await worker.ExitCode.WaitAsync(TimeSpan.FromMinutes(2)));
        return worker;
    }

    /// <summary>The one failure there is.</summary>
    private protected FailRequest OnlyFailure()
    {
        Assert.Empty(Server.Completed);
        return Assert.Single(Server.Failed).Value;
    }

    private protected static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
