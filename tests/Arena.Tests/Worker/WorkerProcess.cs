using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Arena.Tests.Support;

namespace Arena.Tests.Worker;

/// <summary>A worker in a process of its own, ended at the latest with the test.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    public WorkerProcess(string[] args, IReadOnlyDictionary<string, string> environment)
    {
        // a shell's background job ignores SIGINT, and so would everything started below it: this must hold however the tests were started
        var start = new ProcessStartInfo("env") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--default-signal=INT", "dotnet", Program, .. args])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    private static string Program { get; } = Path.Combine(
        RepositoryFolder.Path,
        "src",
        "Arena.Worker",
        "bin",
        typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => string.Equals(a.Key, "Configuration", StringComparison.Ordinal)).Value!,
        "net10.0",
        "Arena.Worker.dll");

    public void CloseInput() => process.StandardInput.Close();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>The runner that it has started.</summary>
    public async Task<int> RunnerAsync()
    {
        int? runner = null;
        Assert.True(await Eventually.IsTrueAsync(() => (runner = Children(process.Id).FirstOrDefault(child => IsRunner(child))) is > 0, 60));
        return runner!.Value;
    }

    /// <summary>Whether that process is gone, or dead and not yet reaped.</summary>
    public static bool IsGone(int id) => Stat(id) is not { } stat || stat[0] == 'Z';

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static bool IsRunner(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains("Arena.Runner", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Children(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        where Stat(id) is { } stat && string.Equals(stat.Split(' ')[1], parent.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        select id;

    /// <summary>State, parent and the rest.</summary>
    private static string? Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
