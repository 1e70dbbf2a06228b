using Arena.Tests.Support;

namespace Arena.Tests.Web.Hosting;

/// <summary>The host's program, run until it ends by itself.</summary>
internal static class HostProcess
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        var web = Path.Combine(RepositoryFolder.Path, "src", "Arena.Web");
        var run = await CommandRun.StartAsync(
            "dotnet",
            [Path.Combine(web, "bin", configuration, "net10.0", "Arena.Web.dll"), .. arguments],
            web,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production" });
        return (run.ExitCode, run.Output, run.Error);
    }
}
