using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Arena.Inference;
using Arena.Inference.Runner;

namespace Arena.Benchmarks;

/// <summary>
/// What running a model in a child process costs: samples a second through <see cref="RunnerProcess"/> against a loop over
/// the same session in this process, beside npm's onnxruntime-node in a process of its own. Same model, batch and one thread for
/// all; the three take turns, and each figure is the median of the rounds. Then: how long a runner takes to come up.
/// </summary>
internal static class RunnerBenchmark
{
    private const int Rounds = 7;
    private const int ColdStarts = 10;
    private static readonly TimeSpan RoundLength = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly (string Name, long[] Shape)[] Models = [("tiny-mlp", [64]), ("mid-mlp", [64]), ("conv-net", [1, 28, 28])];

    private static string Folder { get; } = Path.Combine(BenchmarkFolder.Repository, "tests", "Arena.Benchmarks");

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"ONNX Runtime {OnnxRuntimeLibrary.Version}, {Environment.ProcessorCount} cores, 1 thread a session, median of {Rounds} rounds of {RoundLength.TotalSeconds} s (least–most in brackets)");
        Console.WriteLine();
        Console.WriteLine("| model | batch | ms a batch, in process | in process, samples/s | runner, samples/s | onnxruntime-node, samples/s | runner / in process | runner / node |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach ((string name, long[] shape) in Models)
        {
            foreach (int batch in (int[])[128, 1024])
                await CompareAsync(name, shape, batch, cancellationToken);
        }

        Console.WriteLine();
        await ColdStartAsync(cancellationToken);
    }

    private static async Task CompareAsync(string name, long[] shape, int batch, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Folder, "models", name + ".onnx");
        long[] dimensions = [batch, .. shape];
        float[] numbers = new float[dimensions.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (i % 17 / 17f) - 0.5f;
        var inputs = new[] { new RunnerInput(TensorElementType.Float32, dimensions, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray()) };

        using var session = InferenceSession.Open(path);
        using var binding = session.CreateBinding();
        await using var runner = await RunnerProcess.StartAsync(cancellationToken: cancellationToken);
        await runner.LoadAsync(new RunnerModel(path), Limit, cancellationToken);
        using var node = NodePeer.Start(Folder, path, batch, shape);

        double[] direct = new double[Rounds];
        double[] child = new double[Rounds];
        double[] peer = new double[Rounds];
        for (int round = -1; round < Rounds; round++)
        {
            // the first round warms all three up
            double d = InProcess(binding, numbers, dimensions, batch);
            double c = await ThroughRunnerAsync(runner, inputs, batch, cancellationToken);
            double p = await node.RoundAsync(RoundLength, cancellationToken);
            if (round >= 0)
                (direct[round], child[round], peer[round]) = (d, c, p);
        }

        await CheckSameAsync(runner, inputs, binding, cancellationToken);
        double m = Median(direct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {batch} | {batch / m * 1000:0.000} | {Text(direct)} | {Text(child)} | {Text(peer)} | {Median(child) / m:0.00} | {Median(child) / Median(peer):0.00} |"));
    }

    // the batch is copied in as in the other two: a loop that never touches new data would flatter itself
    private static double InProcess(RunBinding binding, float[] numbers, long[] dimensions, int batch)
    {
        var memory = binding.AllocateInput<float>(0, dimensions);
        float sum = 0;
        long samples = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < RoundLength)
        {
            numbers.CopyTo(memory);
            binding.Run();
            sum += binding.Output(0).AsSpan<float>()[0];
            samples += batch;
        }

        return float.IsNaN(sum) ? double.NaN : samples / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> ThroughRunnerAsync(RunnerProcess runner, RunnerInput[] inputs, int batch, CancellationToken cancellationToken)
    {
        long samples = 0;
        float sum = 0;
        long start = Stopwatch.GetTimestamp();
        var flying = new Queue<Task<RunnerOutputs>>();
        while (flying.Count > 0 || samples == 0)
        {
            while (flying.Count < RunnerProcess.MaxInFlight && Stopwatch.GetElapsedTime(start) < RoundLength)
                flying.Enqueue(runner.RunAsync(inputs, Limit, cancellationToken).AsTask());
            using var outputs = await flying.Dequeue();
            sum += outputs[0].AsSpan<float>()[0];
            samples += batch;
        }

        return float.IsNaN(sum) ? double.NaN : samples / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task CheckSameAsync(RunnerProcess runner, RunnerInput[] inputs, RunBinding binding, CancellationToken cancellationToken)
    {
        using var outputs = await runner.RunAsync(inputs, Limit, cancellationToken);
        if (!outputs[0].Bytes.SequenceEqual(binding.Output(0).Bytes))
            throw new InvalidOperationException("The runner and the session in this process disagree: the figures mean nothing.");
    }

    private static async Task ColdStartAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(Folder, "models", "tiny-mlp.onnx");
        double[] times = new double[ColdStarts];
        for (int i = -1; i < ColdStarts; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await using var runner = await RunnerProcess.StartAsync(cancellationToken: cancellationToken);
            await runner.LoadAsync(new RunnerModel(path), Limit, cancellationToken);
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"process start to tiny-mlp loaded, {ColdStarts} starts: p50 {Median(times):0} ms, {times[0]:0} to {times[^1]:0} ms"));
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double[] v) => string.Create(CultureInfo.InvariantCulture, $"{Median(v):N0} ({v.Min():N0}–{v.Max():N0})");

    /// <summary>peers/onnxruntime-node.js: told how long a round lasts, it answers with samples a second.</summary>
    private sealed class NodePeer(Process process) : IDisposable
    {
        public static NodePeer Start(string folder, string model, int batch, long[] shape)
        {
            var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
            foreach (string argument in (string[])[Path.Combine(folder, "peers", "onnxruntime-node.js"), model, JsonSerializer.Serialize<long[]>([batch, .. shape])])
                start.ArgumentList.Add(argument);
            return new NodePeer(Process.Start(start) ?? throw new InvalidOperationException("node could not be started: install Node 20 or later."));
        }

        public async Task<double> RoundAsync(TimeSpan length, CancellationToken cancellationToken)
        {
            await process.StandardInput.WriteLineAsync(length.TotalMilliseconds.ToString(CultureInfo.InvariantCulture).AsMemory(), cancellationToken);
            string line = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("onnxruntime-node ended: run `npm ci` in the repository's root.");
            return double.Parse(line, CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(5000))
                process.Kill();
            process.Dispose();
        }
    }
}
