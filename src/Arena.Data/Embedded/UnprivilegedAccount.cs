namespace Arena.Data.Embedded;

/// <summary>PostgreSQL refuses to run as root; then it runs as this user.</summary>
/// <param name="User">Number of the user.</param>
/// <param name="Group">Number of the user's group; its name differs between distributions.</param>
internal sealed record UnprivilegedAccount(string Name, string User, string Group)
{
    private const string Wanted = "nobody";

    /// <returns>null when this process is not root and needs no other user.</returns>
    public static UnprivilegedAccount? ForThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var line = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields is [Wanted, _, _, _, ..])
            ?? throw new ArenaDataException($"Arena runs as root, PostgreSQL cannot, and there is no user '{Wanted}' to run it as. Start Arena as another user, or set ConnectionStrings__Arena to a server of yours.");
        return new(line[0], line[2], line[3]);
    }

    public Task OwnAsync(string path, CancellationToken cancellationToken)
        => ProcessRunner.RunAsync(new("chown", ["-R", $"{User}:{Group}", path]), $"Arena cannot give {path} to the user {Name}, as whom PostgreSQL runs", cancellationToken);

    /// <summary>Whether everybody may pass through every folder above and including this one.</summary>
    public static bool CanReach(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
