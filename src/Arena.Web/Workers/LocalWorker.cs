using System.Diagnostics;
using System.Globalization;
using Arena.Application.Leaderboards;
using Arena.Application.Workers;
using Arena.Contracts.Workers;
using Arena.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Arena.Web.Workers;

/// <summary>
/// Keeps one worker process running beside the host. Each start gets a token of its own; when the process ends, that token is
/// revoked and what it held waits for the next one at once, not after the lease.
/// </summary>
internal sealed partial class LocalWorker(
    IServer server,
    IHostApplicationLifetime lifetime,
    WorkerTokens tokens,
    WorkSignal work,
    BoardChanges changes,
    LocalWorkerSettings settings,
    TimeProvider time,
    ILogger<LocalWorker> logger) : BackgroundService
{
    private static readonly TimeSpan GoodRun = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Program is null)
        {
            LogNone(settings.Explanation);
            return;
        }

        await StartedAsync(stoppingToken);
        var pause = TimeSpan.FromSeconds(1);
        for (var first = true; !stoppingToken.IsCancellationRequested; first = false)
        {
            var since = time.GetTimestamp();
            try
            {
                if (first)
                {
                    await tokens.RevokeAllAsync(settings.Name, stoppingToken);
                }

                var (worker, token) = await tokens.IssueAsync(settings.Name, stoppingToken);
                var exit = await RunAsync(token, stoppingToken);
                var crashed = !stoppingToken.IsCancellationRequested;
                // when the host stops, the worker gives its jobs back itself; this is for one that could not
                foreach (var run in (await tokens.RevokeAsync(worker, crashed, CancellationToken.None)).Distinct())
                {
                    await changes.RunChangedAsync(run, CancellationToken.None);
                }

                work.Wake();
                if (crashed)
                {
                    LogEnded(exit);
                }
            }
            catch (Exception e) when (DatabaseTrouble.Is(e) || e is System.ComponentModel.Win32Exception or IOException)
            {
                LogFailed(e);
            }

            pause = time.GetElapsedTime(since) > GoodRun ? TimeSpan.FromSeconds(1) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> RunAsync(string token, CancellationToken stoppingToken)
    {
        var info = new ProcessStartInfo("dotnet", [settings.Program!, "--server", Address(), "--exit-with-stdin", "--cache", settings.Cache])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // a worker holds no way into the database: what the host was given in its environment stays with the host
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("ConnectionStrings", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Arena__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment[WorkerProtocol.TokenVariable] = token;
        using var process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        LogStarted(process.Id);
        try
        {
            await process.WaitForExitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // its input ends: it gives back what it holds and exits
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopWithin, time);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        return process.ExitCode;
    }

    private void Tell(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            LogLine(line);
        }
    }

    private string Address()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.First();
        // "any address" is not one to connect to
        return address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("*", "127.0.0.1", StringComparison.Ordinal);
    }

    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
