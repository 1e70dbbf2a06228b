using System.Globalization;
using Arena.Data.Embedded.Backup;
using Npgsql;

namespace Arena.Data.Embedded;

/// <summary>Looks at everything the database needs, without starting or changing anything.</summary>
public static class PostgresDoctor
{
    private const long Scarce = 2L << 30;
    private const long TooLittle = 200L << 20;

    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(DataCommandOptions options, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(options.Postgres.DataFolder);
        List<DoctorFinding> findings = [];
        if (options.ConnectionString is { } own)
        {
            findings.Add(await ServerAsync(own, cancellationToken));
        }
        else
        {
            await ExamineNativesAsync(options.Postgres, folder, findings, cancellationToken);
        }

        ExamineFolder(folder, findings, embedded: options.ConnectionString is null);
        return findings;
    }

    private static async Task<DoctorFinding> ServerAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await BackupCatalog.OpenAsync(connectionString, cancellationToken);
            return new("PostgreSQL", DoctorLevel.Good, $"your server answers, version {connection.PostgreSqlVersion}");
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            return new("PostgreSQL", DoctorLevel.Problem, $"the server that ConnectionStrings__Arena names does not answer: {e.Message}");
        }
    }

    private static async Task ExamineNativesAsync(EmbeddedPostgresOptions options, DataFolder folder, List<DoctorFinding> findings, CancellationToken cancellationToken)
    {
        try
        {
            var account = UnprivilegedAccount.ForThisProcess();
            var natives = await PostgresNatives.PrepareAsync(options, account, cancellationToken);
            findings.Add(new("PostgreSQL", DoctorLevel.Good, $"version {natives.Version} in {natives.Folder}{(account is null ? "" : $", run as {account.Name}")}"));
            if (folder.Major is { } major)
            {
                findings.Add(major == natives.Major
                    ? new("Data version", DoctorLevel.Good, $"written by PostgreSQL {major.ToString(CultureInfo.InvariantCulture)}")
                    : new("Data version", DoctorLevel.Problem, $"written by PostgreSQL {major.ToString(CultureInfo.InvariantCulture)}, and this Arena brings {natives.Major.ToString(CultureInfo.InvariantCulture)}. Run './arena backup FILE', then './arena restore FILE --fresh'."));
            }
            else
            {
                findings.Add(new("Data version", DoctorLevel.Good, "no data yet; the first start makes it"));
            }
        }
        catch (ArenaDataException e)
        {
            findings.Add(new("PostgreSQL", DoctorLevel.Problem, e.Message));
        }
    }

    private static void ExamineFolder(DataFolder folder, List<DoctorFinding> findings, bool embedded)
    {
        var existing = folder.Path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(folder.Path)!;
        }

        var free = new DriveInfo(existing).AvailableFreeSpace;
        findings.Add(new("Disk space", free < TooLittle ? DoctorLevel.Problem : free < Scarce ? DoctorLevel.Warning : DoctorLevel.Good,
            string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):F1} GB free for {folder.Path}{(free < Scarce ? "; free some space" : "")}")));
        if (!Directory.Exists(folder.Path))
        {
            findings.Add(new("Data folder", DoctorLevel.Good, $"{folder.Path} is not there yet; the first start makes it"));
            return;
        }

        try
        {
            folder.Ensure();
            findings.Add(new("Data folder", DoctorLevel.Good, $"{folder.Path} can be written"));
            if (embedded)
            {
                using var guard = DataGuard.TryTake(folder);
                findings.Add(new("Lock", DoctorLevel.Good, guard is null ? "an Arena is running on this data" : "no Arena is running on this data"));
            }
        }
        catch (ArenaDataException e)
        {
            findings.Add(new("Data folder", DoctorLevel.Problem, e.Message));
        }
    }
}
