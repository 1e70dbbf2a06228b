namespace Arena.Inference.Runner;

/// <summary>Finds the runner's program.</summary>
public static class RunnerLocation
{
    /// <summary>Environment variable with the path of Arena.Runner.dll or its executable.</summary>
    public const string PathVariable = "ARENA_RUNNER";

    private const string FileName = "Arena.Runner.dll";

    /// <summary>
    /// The path of the runner: <paramref name="path"/> if given, else <see cref="PathVariable"/>, else beside the program or in its
    /// folder `runner`, else where a build in this repository puts it (same configuration).
    /// </summary>
    /// <exception cref="FileNotFoundException">It is nowhere; the message says what to do.</exception>
    public static string Find(string? path = null) =>
        Find(path ?? System.Environment.GetEnvironmentVariable(PathVariable), AppContext.BaseDirectory);

    internal static string Find(string? path, string baseDirectory)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return File.Exists(path)
                ? Path.GetFullPath(path)
                : throw new FileNotFoundException($"There is no runner at '{path}'. Correct {PathVariable} (or the option that names it).", path);
        }

        foreach (string candidate in (string[])[Path.Combine(baseDirectory, FileName), Path.Combine(baseDirectory, "runner", FileName)])
        {
            if (File.Exists(candidate))
                return candidate;
        }

        // …/src/Arena.Worker/bin/Debug/net10.0/ → …/src/Arena.Runner/bin/Debug/net10.0/
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(baseDirectory));
        string framework = Path.GetFileName(full);
        string configuration = Path.GetFileName(Path.GetDirectoryName(full) ?? "");
        for (string? at = full; at is not null; at = Path.GetDirectoryName(at))
        {
            string candidate = Path.Combine(at, "src", "Arena.Runner", "bin", configuration, framework, FileName);
            if (File.Exists(candidate))
                return candidate;
        }

        throw new FileNotFoundException($"The runner ({FileName}) is not built. Build src/Arena.Runner, or set {PathVariable} to its path.", FileName);
    }
}
