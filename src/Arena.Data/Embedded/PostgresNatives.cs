using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Arena.Data.Embedded;

/// <summary>PostgreSQL's programs as npm's package brings them.</summary>
/// <param name="Folder">Holds <c>bin/</c>, <c>lib/</c> and <c>share/</c>.</param>
/// <param name="Version">As postgres says it, for example 18.4.</param>
internal sealed partial record PostgresNatives(string Folder, string Version)
{
    private const string Links = "pg-symlinks.json";

    public int Major => int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    public static string Platform { get; } = (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-"
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    public static string PackageName { get; } = "@embedded-postgres/" + Platform;

    public string Program(string name) => ProgramIn(Folder, name);

    /// <returns>The folder that holds node_modules with PostgreSQL in it; null when there is none above any of these.</returns>
    public static string? FindRepository(IEnumerable<string> searchFrom)
        => searchFrom.SelectMany(Upwards).FirstOrDefault(folder => HoldsPrograms(Path.Combine(folder, "node_modules", PackageName, "native")));

    /// <exception cref="ArenaDataException">There is none; the message says what to install.</exception>
    public static string Locate(EmbeddedPostgresOptions options)
    {
        if (options.PostgresPackage is { } package)
        {
            return new[] { Path.Combine(package, "native"), package }.Select(Path.GetFullPath).FirstOrDefault(HoldsPrograms)
                ?? throw new ArenaDataException($"PostgreSQL is not in {package} (Arena:PostgresPackage): neither native/bin/postgres nor bin/postgres is there. Correct the setting, or set ConnectionStrings__Arena to a server of yours.");
        }

        return FindRepository(options.SearchFrom) is { } root
            ? Path.Combine(root, "node_modules", PackageName, "native")
            : throw new ArenaDataException($"PostgreSQL is not installed: no node_modules/{PackageName} above {string.Join(" or ", options.SearchFrom)}. Run 'npm ci' in Arena's folder, or set ConnectionStrings__Arena to a server of yours.");
    }

    /// <summary>The located natives, ready to run: with the links that npm leaves out, and copied where the unprivileged user can reach them.</summary>
    public static async Task<PostgresNatives> PrepareAsync(EmbeddedPostgresOptions options, UnprivilegedAccount? account, CancellationToken cancellationToken)
    {
        var folder = Locate(options);
        if ((account is not null && !UnprivilegedAccount.CanReach(folder)) || !await TryLinkAsync(folder, cancellationToken))
        {
            folder = await CopyAsync(folder, options.Cache, cancellationToken);
        }

        return new(folder, await VersionAsync(folder, cancellationToken));
    }

    private static async Task<string> CopyAsync(string folder, string cache, CancellationToken cancellationToken)
    {
        string content;
        await using (var program = File.OpenRead(ProgramIn(folder, "postgres")))
        {
            content = Convert.ToHexStringLower(await SHA256.HashDataAsync(program, cancellationToken))[..16];
        }

        var copy = Path.Combine(cache, "postgresql-" + content);
        if (HoldsPrograms(copy))
        {
            return copy;
        }

        var partial = $"{copy}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        Directory.CreateDirectory(cache);
        if (Environment.IsPrivilegedProcess && !UnprivilegedAccount.CanReach(cache))
        {
            throw new ArenaDataException($"PostgreSQL runs as an unprivileged user, who cannot enter {cache}. Set Arena__Cache to a folder that others may enter.");
        }

        await ProcessRunner.RunAsync(new("cp", ["-RP", folder, partial]), $"Arena cannot copy PostgreSQL to {cache}", cancellationToken);
        await ProcessRunner.RunAsync(new("chmod", ["-R", "go+rX", partial]), $"Arena cannot open {partial} to others", cancellationToken);
        if (!await TryLinkAsync(partial, cancellationToken))
        {
            throw new ArenaDataException($"Arena cannot write to {cache}. Set Arena__Cache to a folder that it may write to.");
        }

        try
        {
            Directory.Move(partial, copy);
        }
        catch (IOException) when (HoldsPrograms(copy))
        {
            Directory.Delete(partial, recursive: true); // another Arena was faster
        }

        return copy;
    }

    /// <summary>npm keeps no symbolic links; the package lists them for an install script that does not run here.</summary>
    /// <returns>false when one is missing and the folder cannot be written.</returns>
    private static async Task<bool> TryLinkAsync(string folder, CancellationToken cancellationToken)
    {
        var list = Path.Combine(folder, Links);
        if (OperatingSystem.IsWindows() || !File.Exists(list))
        {
            return true;
        }

        foreach (var link in JsonSerializer.Deserialize<List<Dictionary<string, string>>>(await File.ReadAllTextAsync(list, cancellationToken)) ?? [])
        {
            // "native/lib/libpq.so.5.18" -> "native/lib/libpq.so.5", both in one folder
            var at = Path.Combine(folder, Path.GetRelativePath("native", link["target"]));
            if (File.Exists(at))
            {
                continue;
            }

            try
            {
                File.CreateSymbolicLink(at, Path.GetFileName(link["source"]));
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                if (!File.Exists(at)) // else another Arena was faster
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal static async Task<string> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        var said = await ProcessRunner.RunAsync(new ProcessStartInfo(ProgramIn(folder, "postgres"), ["--version"]), $"The PostgreSQL in {folder} does not run", cancellationToken);
        return Number().Match(said) is { Success: true, Value: var version }
            ? version
            : throw new ArenaDataException($"The PostgreSQL in {folder} does not say its version but '{said.Trim()}'. Run 'npm ci' in Arena's folder.");
    }

    internal static bool HoldsPrograms(string folder) => File.Exists(ProgramIn(folder, "postgres"));

    private static string ProgramIn(string folder, string name) => Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
