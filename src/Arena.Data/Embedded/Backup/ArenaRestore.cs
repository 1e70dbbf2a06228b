using System.Globalization;
using Npgsql;

namespace Arena.Data.Embedded.Backup;

/// <summary>Loads a backup into an empty database and data folder.</summary>
public static class ArenaRestore
{
    /// <summary>Checks every byte of the file first; then makes the schema as it was, copies, and brings the schema up to date.</summary>
    /// <exception cref="ArenaDataException">The file is damaged or newer than this Arena, or the target holds data. Nothing was changed then.</exception>
    public static async Task<BackupManifest> ReadAsync(string connectionString, string dataFolder, string file, RestoreSchema schema, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        await using var backup = await VerifyAsync(file, schema, cancellationToken);
        return await LoadAsync(backup, connectionString, dataFolder, schema, progress, cancellationToken);
    }

    internal static async Task<VerifiedBackup> VerifyAsync(string file, RestoreSchema schema, CancellationToken cancellationToken)
    {
        var backup = await VerifiedBackup.OpenAsync(file, cancellationToken);
        if (backup.Manifest.Migrations.Except(schema.KnownMigrations, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            await backup.DisposeAsync();
            throw new ArenaDataException($"The backup {Path.GetFullPath(file)} was made by a newer Arena (this one does not know its migration {unknown}). Nothing was changed. Update Arena and restore again.");
        }

        return backup;
    }

    internal static async Task<BackupManifest> LoadAsync(VerifiedBackup backup, string connectionString, string dataFolder, RestoreSchema schema, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        using var files = new RestoreFiles(new DataFolder(dataFolder));
        files.RefuseExisting();
        await using (var connection = await BackupCatalog.OpenAsync(connectionString, cancellationToken))
        {
            if (await new BackupCatalog(connection).RelationsAsync(cancellationToken) is [var first, ..])
            {
                throw new ArenaDataException($"The database to restore into is not empty (it holds {first}), and a restore overwrites nothing. Restore with --fresh, which moves the old data aside, or name an empty database.");
            }
        }

        try
        {
            progress?.Report("Making the tables");
            await schema.MigrateAsync(connectionString, backup.Manifest.LastMigration, cancellationToken);
            await files.StageAsync(backup, cancellationToken);
            await LoadRowsAsync(backup, connectionString, files, progress, cancellationToken);
        }
        catch
        {
            await RemoveTablesAsync(connectionString);
            throw;
        }

        progress?.Report("Bringing the tables up to date");
        await schema.MigrateAsync(connectionString, targetMigration: null, cancellationToken);
        return backup.Manifest;
    }

    private static async Task LoadRowsAsync(VerifiedBackup backup, string connectionString, RestoreFiles files, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await BackupCatalog.OpenAsync(connectionString, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var catalog = new BackupCatalog(connection);
        await RefuseOtherTablesAsync(backup.Manifest, catalog, cancellationToken);
        var tables = backup.Manifest.Tables;
        if (tables.Count > 0)
        {
            // rows that migrations put there are in the backup too
            await catalog.ExecuteAsync("truncate " + string.Join(", ", tables.Select(table => "public." + BackupCatalog.Quote(table.Name))), cancellationToken);
        }

        // Foreign keys go and come back: tables load in any order, cycles included, every reference is checked at the end,
        // and no superuser is needed.
        var keys = await catalog.ForeignKeysAsync(cancellationToken);
        foreach (var key in keys)
        {
            await catalog.ExecuteAsync($"alter table public.{BackupCatalog.Quote(key.Table)} drop constraint {BackupCatalog.Quote(key.Name)}", cancellationToken);
        }

        foreach (var table in tables)
        {
            await catalog.ExecuteAsync($"alter table public.{BackupCatalog.Quote(table.Name)} disable trigger user", cancellationToken);
            await LoadTableAsync(backup, connection, table, cancellationToken);
            await catalog.ExecuteAsync($"alter table public.{BackupCatalog.Quote(table.Name)} enable trigger user", cancellationToken);
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {table.Rows} rows"));
        }

        foreach (var key in keys)
        {
            await catalog.ExecuteAsync($"alter table public.{BackupCatalog.Quote(key.Table)} add constraint {BackupCatalog.Quote(key.Name)} {key.Definition}", cancellationToken);
        }

        foreach (var sequence in backup.Manifest.Sequences)
        {
            await using var set = new NpgsqlCommand("select setval($1::regclass, $2, $3)", connection)
            {
                Parameters = { new() { Value = "public." + BackupCatalog.Quote(sequence.Name) }, new() { Value = sequence.LastValue }, new() { Value = sequence.IsCalled } },
            };
            await set.ExecuteNonQueryAsync(cancellationToken);
        }

        files.Place(backup);
        await transaction.CommitAsync(cancellationToken);
        files.Keep();
        await catalog.ExecuteAsync("analyze", cancellationToken);
    }

    private static async Task LoadTableAsync(VerifiedBackup backup, NpgsqlConnection connection, BackupTable table, CancellationToken cancellationToken)
    {
        await using (var entry = await backup.OpenEntryAsync(table.Entry, cancellationToken))
        await using (var writer = await connection.BeginTextImportAsync($"copy {BackupCatalog.CopyTarget(table.Name, table.Columns)} from stdin", cancellationToken))
        {
            var text = writer is StreamWriter { BaseStream: var bytes } ? bytes : throw new InvalidOperationException("Npgsql's text import is no StreamWriter.");
            await entry.CopyToAsync(text, cancellationToken);
        }

        await using var count = new NpgsqlCommand($"select count(*) from public.{BackupCatalog.Quote(table.Name)}", connection);
        if (await count.ExecuteScalarAsync(cancellationToken) is not long rows || rows != table.Rows)
        {
            throw new ArenaDataException($"Table {table.Name} did not arrive whole: {table.Rows.ToString(CultureInfo.InvariantCulture)} rows were in the backup. Nothing was kept of this restore.");
        }
    }

    private static async Task RefuseOtherTablesAsync(BackupManifest manifest, BackupCatalog catalog, CancellationToken cancellationToken)
    {
        var made = (await catalog.TablesAsync(cancellationToken)).ToDictionary(table => table.Name, table => table.Columns.ToHashSet(), StringComparer.Ordinal);
        var sequences = (await catalog.SequencesAsync(cancellationToken)).Select(sequence => sequence.Name).ToHashSet(StringComparer.Ordinal);
        var strange = manifest.Tables.Where(table => !made.TryGetValue(table.Name, out var columns) || !table.Columns.All(columns.Contains)).Select(table => "table " + table.Name)
            .Concat(manifest.Sequences.Where(sequence => !sequences.Contains(sequence.Name)).Select(sequence => "sequence " + sequence.Name)).FirstOrDefault();
        if (strange is not null)
        {
            throw new ArenaDataException($"The backup's {strange} is not as this Arena makes it at migration {manifest.LastMigration ?? "(none)"}. Restore with the Arena that made the backup.");
        }
    }

    /// <summary>The database was empty before, so what is there now came from this restore.</summary>
    private static async Task RemoveTablesAsync(string connectionString)
    {
        await using var connection = await BackupCatalog.OpenAsync(connectionString, CancellationToken.None);
        var catalog = new BackupCatalog(connection);
        foreach (var statement in await catalog.DropStatementsAsync(CancellationToken.None))
        {
            await catalog.ExecuteAsync(statement, CancellationToken.None);
        }
    }
}
