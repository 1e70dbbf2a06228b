using System.Diagnostics;
using System.Globalization;

namespace Arena.Tests.Support;

/// <summary>A host in a process of its own, see <see cref="HostProgram"/>.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly Process process;

    private TestHost(Process process, int server, string connectionString) => (this.process, Server, ConnectionString) = (process, server, connectionString);

    /// <summary>Process id of its PostgreSQL.</summary>
    public int Server { get; }

    public string ConnectionString { get; }

    public static async Task<TestHost> StartAsync(string dataFolder)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", typeof(TestHost).Assembly.Location, dataFolder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(info)!;
        var line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(HostProgram.Ready, StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException($"The host did not start: {line} {await process.StandardError.ReadToEndAsync()}");
        }

        var parts = line.Split(' ', 3);
        return new(process, int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }

    /// <summary>As kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
