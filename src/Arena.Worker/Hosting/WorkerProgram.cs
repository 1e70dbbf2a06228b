using System.CommandLine;
using Arena.Contracts.Workers;
using Arena.Inference;
using Arena.Worker.Artefacts;
using Arena.Worker.Leases;
using Arena.Worker.Runs;
using Arena.Worker.Server;

namespace Arena.Worker.Hosting;

/// <summary>The worker's process, from its command line to its exit code.</summary>
internal static class WorkerProgram
{
    /// <param name="args">See <see cref="WorkerCommand"/>.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="input">Watched with --exit-with-stdin.</param>
    /// <param name="output">What happens.</param>
    /// <param name="errors">What goes wrong.</param>
    /// <param name="stop">Gives the jobs back and ends the worker.</param>
    /// <param name="pace">Other waiting times than the usual ones.</param>
    /// <returns>One of <see cref="WorkerExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string, string?> environment, Stream input, TextWriter output, TextWriter errors, CancellationToken stop, WorkerPace? pace = null)
    {
        var console = new WorkerConsole(output, errors);
        var command = WorkerCommand.Create(environment, settings => WorkAsync(pace is null ? settings : settings with { Pace = pace }, input, console, stop));
        var parsed = command.Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, CancellationToken.None);
            return parsed.Errors.Count > 0 ? WorkerExitCode.Usage : code;
        }
        catch (WorkerStopException e)
        {
            console.Complain(e.Message);
            return e.ExitCode;
        }
        catch (Exception e)
        {
            await errors.WriteLineAsync($"The worker made a mistake and stops: {e}");
            return WorkerExitCode.Internal;
        }
    }

    private static async Task<int> WorkAsync(WorkerSettings settings, Stream input, WorkerConsole console, CancellationToken stop)
    {
        // no process that the worker starts may find it
        Environment.SetEnvironmentVariable(WorkerProtocol.TokenVariable, null);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (settings.ExitWithStdin)
        {
            new Thread(() => WatchInput(input, ending)) { IsBackground = true, Name = "standard input" }.Start();
        }

        var time = TimeProvider.System;
        var machine = Describe();
        using var client = new ServerClient(settings.Server, settings.Token, settings.Pace);
        var cache = ArtefactCache.Open(settings.CacheFolder, settings.CacheBytes, time);
        var book = new LeaseBook();
        var retry = new Retry(settings.Pace, time, console);
        var jobs = new JobReports(client, retry);
        var loop = new WorkerLoop(settings, machine, client, book, new Heartbeats(client, book, settings.Pace, time, console), new RunEvaluator(client, cache, jobs, book, settings, retry, time, console), jobs, time, console);
        try
        {
            await loop.RunAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            console.Say("stopped");
        }

        return WorkerExitCode.Done;
    }

    private static MachineDescription Describe()
    {
        try
        {
            return MachineDescription.Read();
        }
        catch (OnnxRuntimeMissingException e)
        {
            throw new WorkerStopException(WorkerExitCode.CannotWork, e.Message);
        }
    }

    private static void WatchInput(Stream input, CancellationTokenSource ending)
    {
        Span<byte> ignored = stackalloc byte[256];
        try
        {
            while (input.Read(ignored) > 0)
            {
                // what is said does not matter, only that somebody still holds the other end
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // as good as its end
        }

        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the worker has ended by itself
        }
    }
}
