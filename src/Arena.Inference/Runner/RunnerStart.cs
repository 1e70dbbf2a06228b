using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Arena.Inference.Runner;

/// <summary>How the runner's process is started: program, arguments, environment.</summary>
internal static class RunnerStart
{
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

    /// <exception cref="FileNotFoundException">The runner is not built.</exception>
    /// <exception cref="OnnxRuntimeMissingException">The native library is missing.</exception>
    public static ProcessStartInfo Describe(RunnerOptions options)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("The runner works on Linux and macOS only. Run the worker there.");
        string runner = RunnerLocation.Find(options.RunnerPath);
        string library = OnnxRuntimeLibrary.Locate(options.LibraryPath);
        string root = DotnetRoot();
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(runner),
        };
        if (runner.EndsWith(".dll", StringComparison.Ordinal))
        {
            string host = Path.Combine(root, "dotnet");
            start.FileName = File.Exists(host) ? host : "dotnet";
            start.ArgumentList.Add(runner);
        }
        else
        {
            start.FileName = runner;
        }

        start.Environment.Clear();
        foreach (string name in Inherited)
        {
            if (System.Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        start.Environment["DOTNET_ROOT"] = root;
        start.Environment["DOTNET_EnableDiagnostics"] = 0.ToString(CultureInfo.InvariantCulture); // no debugger's or profiler's door into it
        start.Environment[OnnxRuntimeLibrary.PathVariable] = library;
        foreach ((string name, string value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>…/shared/Microsoft.NETCore.App/10.0.x/ → the folder with the `dotnet` that runs this very program.</summary>
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}
