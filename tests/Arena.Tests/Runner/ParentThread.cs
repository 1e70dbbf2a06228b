using System.Diagnostics;

namespace Arena.Tests.Runner;

/// <summary>Starts a runner from a thread that lives until this is disposed: a runner is killed when the <i>thread</i> that started it ends
/// (PR_SET_PDEATHSIG), and the threads of the pool end when they are idle.</summary>
internal sealed class ParentThread : IDisposable
{
    private readonly TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim over = new();
    private readonly Thread thread;

    public ParentThread(ProcessStartInfo start)
    {
        thread = new Thread(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }

            over.Wait();
        })
        {
            IsBackground = true,
            Name = "parent of a runner",
        };
        thread.Start();
    }

    public Task<Process> StartedAsync() => started.Task;

    public void Dispose()
    {
        over.Set();
        thread.Join();
        over.Dispose();
    }
}
