using System.Security.Cryptography;
using System.Text;

namespace Arena.Data.Embedded;

/// <summary>The private folder of one instance's socket.</summary>
internal static class SocketFolder
{
    private const string Prefix = "arena-pg-";
    private const string Socket = ".s.PGSQL.5432";

    /// <summary>Holds the new password for the moment of initdb.</summary>
    public const string PasswordFile = "password";

    /// <summary>sun_path is 108 bytes with its final zero, 104 on macOS and the BSDs.</summary>
    private static readonly int Longest = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? 107 : 103;

    /// <exception cref="ArenaDataException">No folder is short enough and writable.</exception>
    public static string Create(EmbeddedPostgresOptions options, bool othersMustReach)
    {
        List<string> refused = [];
        foreach (var root in options.SocketRoot is { } wanted ? [wanted] : OperatingSystem.IsWindows() ? [Path.GetTempPath()] : new[] { Path.GetTempPath(), "/tmp", "/dev/shm" })
        {
            var folder = Path.Combine(Path.GetFullPath(root), Prefix + RandomNumberGenerator.GetHexString(12, lowercase: true));
            var bytes = Encoding.UTF8.GetByteCount(Path.Combine(folder, Socket));
            if (bytes > Longest)
            {
                refused.Add($"{root} makes a socket path of {bytes} bytes, and {Longest} is the most");
            }
            else if (folder.Contains(',', StringComparison.Ordinal))
            {
                refused.Add($"{root} has a comma in its path");
            }
            else if (othersMustReach && !UnprivilegedAccount.CanReach(root))
            {
                refused.Add($"{root} cannot be entered by the user PostgreSQL runs as");
            }
            else
            {
                try
                {
                    PrivateFile.CreateFolder(folder);
                    return folder;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    refused.Add($"{root} cannot be written ({e.Message.TrimEnd('.')})");
                }
            }
        }

        throw new ArenaDataException($"There is no folder for PostgreSQL's socket: {string.Join("; ", refused)}. Set TMPDIR to a short path that can be written.");
    }

    /// <summary>A killed server leaves its socket and a lock with a process number that may be somebody else's by now.</summary>
    public static void Clear(string folder)
    {
        File.Delete(Path.Combine(folder, Socket));
        File.Delete(Path.Combine(folder, Socket + ".lock"));
    }

    /// <summary>Removes what an earlier host left behind. Only a folder that looks like one of ours is touched.</summary>
    public static bool RemoveLeaked(string? folder)
    {
        if (folder is null || !Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal) || !Directory.Exists(folder)
            || Directory.EnumerateFileSystemEntries(folder).Any(entry => !IsOurs(Path.GetFileName(entry))))
        {
            return false;
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static bool IsOurs(string name) => name.StartsWith(Socket, StringComparison.Ordinal) || name.StartsWith(PasswordFile, StringComparison.Ordinal);
}
