using System.Diagnostics;

namespace Arena.Data.Embedded;

/// <summary>
/// Command lines for PostgreSQL's programs. As root they run as an unprivileged user through setpriv: the working folder is
/// entered before the rights are dropped, so <c>-D /proc/self/cwd</c> reaches data under a private folder that a path would not.
/// </summary>
internal sealed class PostgresLauncher(PostgresNatives natives, UnprivilegedAccount? account)
{
    private static readonly string? SetPriv = Find("setpriv");
    private static readonly string? SetSid = Find("setsid");

    public UnprivilegedAccount? Account => account;

    public PostgresNatives Natives => natives;

    /// <param name="folder">The data folder; the program works in it.</param>
    /// <param name="arguments">What follows <c>-D</c> and the folder.</param>
    public ProcessStartInfo Command(string program, string folder, params IEnumerable<string> arguments)
        => Build([], dropped: account is not null && SetPriv is not null ? [SetPriv, .. Drop(account)] : [], program, folder, arguments);

    /// <summary>The server itself: it gets SIGINT when this host is killed, and none when somebody presses Ctrl+C (the host stops it last).</summary>
    public ProcessStartInfo Server(string folder, params IEnumerable<string> arguments)
        => Build(SetSid is null ? [] : [SetSid], SetPriv is null ? [] : [SetPriv, .. account is null ? [] : Drop(account), "--pdeathsig=INT"], "postgres", folder, arguments);

    private static string[] Drop(UnprivilegedAccount account) => ["--reuid=" + account.User, "--regid=" + account.Group, "--clear-groups", "--no-new-privs"];

    private ProcessStartInfo Build(IEnumerable<string> session, IEnumerable<string> dropped, string program, string folder, IEnumerable<string> arguments)
    {
        if (account is not null && SetPriv is null && !UnprivilegedAccount.CanReach(folder))
        {
            throw new ArenaDataException($"Arena runs as root, so PostgreSQL runs as {account.Name}, who cannot enter {folder}. Install setpriv (package util-linux), choose a folder that others may enter with --data, or start Arena as another user.");
        }

        var data = account is not null && SetPriv is not null ? "/proc/self/cwd" : folder;
        List<string> line = [.. session, .. dropped, natives.Program(program), "-D", data, .. arguments];
        var info = new ProcessStartInfo(line[0], line.Skip(1)) { WorkingDirectory = folder, UseShellExecute = false };
        if (account is not null && SetPriv is null && !OperatingSystem.IsWindows())
        {
            info.UserName = account.Name;
        }

        CleanEnvironment(info);
        return info;
    }

    /// <summary>PGPORT and its like would change where the server listens, and the host's secrets are none of the server's business.</summary>
    private static void CleanEnvironment(ProcessStartInfo info)
    {
        foreach (var name in info.Environment.Keys.Where(name => !OperatingSystem.IsWindows() || name.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        if (!OperatingSystem.IsWindows())
        {
            info.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
            info.Environment["LC_ALL"] = "C";
        }
    }

    private static string? Find(string tool) => OperatingSystem.IsLinux() ? new[] { "/usr/bin/", "/bin/" }.Select(folder => folder + tool).FirstOrDefault(File.Exists) : null;
}
