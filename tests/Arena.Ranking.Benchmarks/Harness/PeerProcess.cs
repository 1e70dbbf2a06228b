using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Arena.Ranking.Benchmarks.Harness;

/// <summary>Starts a peer's program out of <c>peers</c>; it prints how many seconds the work took, without its own start and input.</summary>
internal static class PeerProcess
{
    private static readonly string Folder = Path.Combine(DocumentSection.Repository, "tests", "Arena.Ranking.Benchmarks", "peers");

    /// <summary>A script for node, with npm's packages of <c>peers/package.json</c>; null where they are not installed (<c>./arena bench ranking</c> installs them).</summary>
    public static async Task<double?> NodeAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Directory.Exists(Path.Combine(Folder, "node_modules"))
            ? await SecondsAsync("node", [Path.Combine(Folder, script), .. arguments], cancellationToken)
            : null;

    /// <summary>A script for Debian's python3; null where a module of it is not installed.</summary>
    public static async Task<double?> PythonAsync(string script, IReadOnlyList<string> modules, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        const string Python = "/usr/bin/python3";
        return File.Exists(Python) && (await StartAsync(Python, ["-c", "import " + string.Join(", ", modules)], cancellationToken)).ExitCode == 0
            ? await SecondsAsync(Python, [Path.Combine(Folder, script), .. arguments], cancellationToken)
            : null;
    }

    private static async Task<double?> SecondsAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        (int code, string output, string errors) = await StartAsync(program, arguments, cancellationToken);
        if (code == 0 && double.TryParse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture, out double seconds))
        {
            return seconds;
        }

        await Console.Error.WriteLineAsync($"The peer {Path.GetFileName(arguments[0])} failed ({code}), so its quoted seconds stand in: {errors}");
        return null;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> StartAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        catch (Win32Exception missing)
        {
            return (127, "", missing.Message);
        }
    }
}
