using System.Globalization;

namespace Arena.Data.Embedded;

/// <summary>What lies where in the folder of Arena's data.</summary>
public sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    public string Keys => System.IO.Path.Combine(Path, "keys");

    internal string Lock => System.IO.Path.Combine(Path, "host.lock");

    internal string Password => System.IO.Path.Combine(Path, "postgres.password");

    internal string Connection => System.IO.Path.Combine(Path, "postgres.json");

    /// <summary>Major version of the PostgreSQL that wrote the data; null before the first start.</summary>
    public int? Major
    {
        get
        {
            var file = System.IO.Path.Combine(Postgres, "PG_VERSION");
            if (!File.Exists(file))
            {
                return null;
            }

            var text = File.ReadAllText(file).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
                ? major
                : throw new ArenaDataException($"{file} holds '{text}', which is no PostgreSQL version. The data in {Path} is damaged: restore a backup with './arena restore FILE --fresh'.");
        }
    }

    /// <summary>Makes the folder when it is missing and proves that it can be written.</summary>
    /// <exception cref="ArenaDataException">It cannot be made or written.</exception>
    public void Ensure()
    {
        try
        {
            if (!Directory.Exists(Path))
            {
                PrivateFile.CreateFolder(Path);
            }

            var probe = System.IO.Path.Combine(Path, ".probe-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            File.Delete(probe);
            PrivateFile.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ArenaDataException($"Arena cannot write to its data folder {Path} ({e.Message.TrimEnd('.')}). Give {Environment.UserName} the right to write there, free some space, or choose another folder with --data.", e);
        }
    }

    /// <summary>Renames the data folder to <c>PATH.old-yyyyMMdd-HHmmss</c> (UTC). Nothing is deleted.</summary>
    /// <returns>Where the data went; null when there was none.</returns>
    /// <exception cref="ArenaDataException">The data is in use, or the folder cannot be renamed.</exception>
    public static string? MoveAside(string path, TimeProvider time)
    {
        var folder = new DataFolder(path);
        if (!Directory.Exists(folder.Path) || !Directory.EnumerateFileSystemEntries(folder.Path).Any())
        {
            return null;
        }

        using var guard = DataGuard.Take(folder);
        if (LivePostgres.On(folder.Postgres) is [var live, ..])
        {
            throw new ArenaDataException($"PostgreSQL (process {live.ToString(CultureInfo.InvariantCulture)}) is still running on the data in {folder.Path}, so it cannot be moved aside. Stop it with 'kill -INT {live.ToString(CultureInfo.InvariantCulture)}' and try again.");
        }

        var stem = folder.Path.TrimEnd(System.IO.Path.DirectorySeparatorChar) + ".old-" + time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var target = stem;
        for (var i = 2; Directory.Exists(target) || File.Exists(target); i++)
        {
            target = stem + "-" + i.ToString(CultureInfo.InvariantCulture);
        }

        if (OperatingSystem.IsWindows())
        {
            guard.Dispose(); // Windows renames no folder that holds an open file
        }

        try
        {
            Directory.Move(folder.Path, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArenaDataException($"{folder.Path} cannot be renamed to {target} ({e.Message.TrimEnd('.')}). Move it yourself, or choose another folder with --data.", e);
        }

        return target;
    }
}
