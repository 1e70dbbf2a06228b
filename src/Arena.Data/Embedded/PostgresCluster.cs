using System.Security.Cryptography;

namespace Arena.Data.Embedded;

/// <summary>The database files: made on first start, checked on every later one.</summary>
internal sealed class PostgresCluster(DataFolder folder, PostgresLauncher launcher)
{
    public const string User = "arena";
    private const string AccessRules = "# Written by Arena at each start. One user, one way in: the socket, with the password.\nlocal all arena scram-sha-256\n";

    /// <exception cref="ArenaDataException">The data is of another major version.</exception>
    public void RefuseOtherVersion()
    {
        if (folder.Major is { } major && major != launcher.Natives.Major)
        {
            throw new ArenaDataException(
                $"The data in {folder.Path} was written by PostgreSQL {major}, and this Arena brings PostgreSQL {launcher.Natives.Major}. "
                + $"Your data is safe. Take it over in three steps: './arena backup FILE' reads it with PostgreSQL {major}; './arena restore FILE --fresh' moves the old data aside and loads the backup; './arena run' starts. To begin with empty data instead: './arena run --fresh'.");
        }
    }

    /// <summary>Makes the database files when there are none, and sees to their owner, mode, password and access rules.</summary>
    /// <param name="privateFolder">A 0700 folder that PostgreSQL's user owns, for a file of a moment.</param>
    /// <returns>The password.</returns>
    public async Task<string> EnsureAsync(string privateFolder, CancellationToken cancellationToken)
    {
        foreach (var half in Directory.EnumerateDirectories(folder.Path, "postgres.half-made*"))
        {
            Directory.Delete(half, recursive: true); // an initdb that was killed
        }

        var isNew = folder.Major is null;
        var password = File.Exists(folder.Password) ? (await File.ReadAllTextAsync(folder.Password, cancellationToken)).Trim() : null;
        if (string.IsNullOrEmpty(password))
        {
            password = RandomNumberGenerator.GetHexString(48, lowercase: true);
            if (!isNew)
            {
                await SetPasswordAsync(password, cancellationToken);
            }

            await PrivateFile.WriteAsync(folder.Password, password + "\n", cancellationToken);
        }

        if (isNew)
        {
            await InitialiseAsync(password, privateFolder, cancellationToken);
        }

        await OwnAsync(folder.Postgres, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Postgres, "pg_hba.conf"), AccessRules, cancellationToken);
        return password;
    }

    /// <summary>Into a folder of another name, renamed when all is there: a killed first start leaves nothing half-made.</summary>
    private async Task InitialiseAsync(string password, string privateFolder, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.Postgres) && Directory.EnumerateFileSystemEntries(folder.Postgres).Any())
        {
            throw new ArenaDataException($"{folder.Postgres} holds files but no PostgreSQL data (PG_VERSION is missing). Start with './arena run --fresh', which moves {folder.Path} aside, or choose another folder with --data.");
        }

        var half = folder.Postgres + ".half-made";
        PrivateFile.CreateFolder(half);
        await OwnAsync(half, cancellationToken);
        var passwordFile = Path.Combine(privateFolder, SocketFolder.PasswordFile);
        try
        {
            await PrivateFile.WriteAsync(passwordFile, password + "\n", cancellationToken);
            await OwnAsync(passwordFile, cancellationToken);
            string[] locale = launcher.Natives.Major >= 17 ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : ["--locale=C.UTF-8"];
            var initdb = launcher.Command("initdb", half, ["-U", User, "--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--pwfile=" + passwordFile,
                "--no-instructions", "-E", "UTF8", .. locale]);
            await ProcessRunner.RunAsync(initdb, $"PostgreSQL could not make its files in {folder.Path}", cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        if (Directory.Exists(folder.Postgres))
        {
            Directory.Delete(folder.Postgres);
        }

        Directory.Move(half, folder.Postgres);
    }

    /// <summary>The password file was lost (the folder was copied without it): a server without network or socket sets a new one.</summary>
    private async Task SetPasswordAsync(string password, CancellationToken cancellationToken)
    {
        await OwnAsync(folder.Postgres, cancellationToken);
        var single = launcher.Command("postgres", folder.Postgres, "postgres");
        var at = single.ArgumentList.IndexOf("-D");
        if (at < 0)
        {
            throw new InvalidOperationException("The command line names no data folder.");
        }

        single.ArgumentList.Insert(at, "--single"); // must come before every other argument
        var outcome = await ProcessRunner.TryRunAsync(single, $"ALTER ROLE {User} PASSWORD '{password}'\n", cancellationToken);
        if (outcome.ExitCode != 0 || outcome.Error.Contains("ERROR:", StringComparison.Ordinal))
        {
            throw new ArenaDataException($"{folder.Password} is missing, and a new password could not be set: {outcome.Describe()}. Put the file back, or start with './arena run --fresh'.");
        }
    }

    private async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path) && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, PrivateFile.FolderMode);
        }

        if (launcher.Account is { } account)
        {
            await account.OwnAsync(path, cancellationToken);
        }
    }
}
