using System.Runtime.InteropServices;
using Arena.Inference;
using Arena.Inference.Runner;
using Arena.Tests.Inference;
using Xunit;

namespace Arena.Tests.Runner;

/// <summary>Starts runners on the test models.</summary>
public abstract class RunnerTestBase
{
    /// <summary>Generous: the machine may be busy. Nothing waits this long unless it is broken.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected static async Task<RunnerProcess> StartAsync(string model, RunnerOptions? options = null, params string[] outputs)
    {
        var runner = await RunnerProcess.StartAsync(options);
        try
        {
            await runner.LoadAsync(new RunnerModel(TestModels.Path(model)) { Outputs = outputs }, Limit);
            return runner;
        }
        catch
        {
            await runner.DisposeAsync();
            throw;
        }
    }

    protected static RunnerInput Input<T>(T[] values, params long[] dimensions)
        where T : unmanaged =>
        new(TensorElementTypeExtensions.Of<T>(), dimensions, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>The inputs with which the model `loop` never ends.</summary>
    protected static RunnerInput[] Forever() => [Input([true]), Input([1f], 1)];

    protected static RunnerInput[] Once() => [Input([false]), Input([1f], 1)];

    protected static async Task<T> FailsAsync<T>(Func<Task> call)
        where T : RunnerFailure
    {
        var e = await Assert.ThrowsAsync<RunnerException>(call);
        return Assert.IsType<T>(e.Failure);
    }

    /// <summary>True when the process is gone, or dead and not yet reaped, within half a minute.</summary>
    protected static async Task<bool> EndsAsync(int process)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await StateAsync(process) is 'Z' or null)
                return true;
            await Task.Delay(50);
        }

        return false;
    }

    private static async Task<char?> StateAsync(int process)
    {
        try
        {
            string stat = await File.ReadAllTextAsync($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
