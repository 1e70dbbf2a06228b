using System.Diagnostics;
using System.Globalization;

namespace Arena.Data.Embedded;

/// <summary>Finds PostgreSQL processes by the folder they work in: a number in a pid file may belong to somebody else by now.</summary>
internal static class LivePostgres
{
    public static bool CanTell => OperatingSystem.IsLinux();

    /// <summary>Process ids of the postmaster and of backends that work on the data; empty where the system cannot tell.</summary>
    public static IReadOnlyList<int> On(string dataFolder)
    {
        if (!CanTell || !Directory.Exists(dataFolder))
        {
            return [];
        }

        var real = RealPath(dataFolder);
        List<int> found = [];
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && string.Equals(new DirectoryInfo(process + "/cwd").LinkTarget, real, StringComparison.Ordinal)
                && string.Equals(Name(process), "postgres", StringComparison.Ordinal))
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>Waits until nobody works on the data; whoever still does after <paramref name="patience"/> is killed.</summary>
    public static async Task EndAsync(string dataFolder, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        for (var left = On(dataFolder); left.Count > 0; left = On(dataFolder))
        {
            if (clock.Elapsed > patience)
            {
                foreach (var id in left)
                {
                    Kill(id);
                }
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // it ended by itself meanwhile, which is what was wanted
        }
    }

    private static string? Name(string process)
    {
        try
        {
            return File.ReadAllText(process + "/comm").TrimEnd();
        }
        catch (IOException)
        {
            return null; // ended between the listing and the reading
        }
    }

    /// <summary>The path with every link in it followed, as the kernel shows it in /proc.</summary>
    private static string RealPath(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : next;
        }

        return real;
    }
}
