using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Arena.Data.Embedded;

/// <summary>One run of the postgres program, with what it says passed to the log.</summary>
internal sealed partial class PostgresProcess
{
    private const int TailLines = 20;
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> tail = new();
    private readonly ILogger logger;
    private Process? process;

    private PostgresProcess(ILogger logger) => this.logger = logger;

    public int Id { get; private set; }

    /// <summary>Ends with the exit code; never fails.</summary>
    public Task<int> Exited => exited.Task;

    /// <summary>The last lines it said.</summary>
    public string Tail
    {
        get
        {
            lock (tail)
            {
                return string.Join(Environment.NewLine, tail);
            }
        }
    }

    public static async Task<PostgresProcess> StartAsync(ProcessStartInfo info, ILogger logger)
    {
        info.RedirectStandardError = info.RedirectStandardOutput = true;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new PostgresProcess(logger);
        // the death signal fires when the thread that spawned the server ends, so that thread waits for it
        var keeper = new Thread(() => run.Keep(info, started)) { IsBackground = true, Name = "PostgreSQL keeper" };
        keeper.Start();
        await started.Task;
        return run;
    }

    public void Kill() => process?.Kill();

    private void Keep(ProcessStartInfo info, TaskCompletionSource started)
    {
        try
        {
            using var child = Process.Start(info) ?? throw new InvalidOperationException($"{info.FileName} did not start.");
            process = child;
            Id = child.Id;
            child.OutputDataReceived += (_, e) => Heard(e.Data);
            child.ErrorDataReceived += (_, e) => Heard(e.Data);
            child.BeginErrorReadLine();
            child.BeginOutputReadLine();
            started.SetResult();
            while (!child.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                // with a limit it waits for the process alone; without one also for backends that outlive it
            }

            exited.SetResult(child.ExitCode);
        }
        catch (Exception e) when (!started.Task.IsCompleted)
        {
            started.SetException(new ArenaDataException($"PostgreSQL could not be started ({info.FileName}): {e.Message}", e));
        }
    }

    private void Heard(string? line)
    {
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        lock (tail)
        {
            if (tail.Count == TailLines)
            {
                tail.Dequeue();
            }

            tail.Enqueue(line);
        }

        if (line.Contains("the database system is starting up", StringComparison.Ordinal))
        {
            return; // its answer to our own asking whether it is there yet
        }

        if (line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
        {
            LogSevere(logger, line);
        }
        else
        {
            LogLine(logger, line);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "postgres: {Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "postgres: {Line}")]
    private static partial void LogSevere(ILogger logger, string line);
}
