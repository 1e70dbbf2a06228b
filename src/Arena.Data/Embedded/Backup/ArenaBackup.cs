using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;

namespace Arena.Data.Embedded.Backup;

/// <summary>
/// Writes everything Arena keeps into one zip file: every table of schema public, where the sequences stand, the blobs and the keys.
/// Zip, because its entries are streamed without their length being known first, each can be read alone, and any tool opens it.
/// The file holds keys and people's data and is made with mode 0600.
/// </summary>
public static class ArenaBackup
{
    private static readonly string[] Folders = ["blobs", "keys"];

    /// <summary>Reads one snapshot of the database, which may be in use meanwhile. Nothing is held in memory whole.</summary>
    /// <param name="dataFolder">Its <c>blobs/</c> and <c>keys/</c> are taken.</param>
    /// <param name="file">Must not exist; it appears whole or not at all.</param>
    /// <exception cref="ArenaDataException">The file exists or cannot be written.</exception>
    public static async Task<BackupManifest> WriteAsync(string connectionString, string dataFolder, string file, TimeProvider time, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        file = Path.GetFullPath(file);
        if (File.Exists(file) || Directory.Exists(file))
        {
            throw new ArenaDataException($"{file} exists already, and a backup overwrites nothing. Choose another name.");
        }

        var partial = $"{file}.partial-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        FileStream stream;
        try
        {
            File.Delete(partial);
            stream = PrivateFile.Create(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArenaDataException($"The backup cannot be written to {file} ({e.Message.TrimEnd('.')}). Choose a folder that exists and that {Environment.UserName} may write to.", e);
        }

        try
        {
            BackupManifest manifest;
            await using (stream)
            {
                manifest = await WriteZipAsync(stream, connectionString, dataFolder, time, progress, cancellationToken);
                await BackupSeal.WriteAsync(stream, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, file);
            return manifest;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<BackupManifest> WriteZipAsync(FileStream stream, string connectionString, string dataFolder, TimeProvider time, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        zip.Comment = BackupSeal.Blank;
        await using var connection = await BackupCatalog.OpenAsync(connectionString, cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var catalog = new BackupCatalog(connection);
        await catalog.ExecuteAsync("set transaction read only", cancellationToken);
        var created = time.GetUtcNow();
        var migrations = await catalog.MigrationsAsync(cancellationToken); // the first query: the snapshot is of this moment
        List<BackupTable> tables = [];
        foreach (var (name, columns) in await catalog.TablesAsync(cancellationToken))
        {
            tables.Add(await WriteTableAsync(zip, connection, name, columns, cancellationToken));
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{name}: {tables[^1].Rows} rows"));
        }

        var sequences = await catalog.SequencesAsync(cancellationToken);
        var version = connection.PostgreSqlVersion.ToString(2);
        await snapshot.CommitAsync(cancellationToken);

        // after the snapshot: a row is written only when its blob is there, so no row of the snapshot lacks one
        var files = await WriteFilesAsync(zip, dataFolder, cancellationToken);
        progress?.Report(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files of {string.Join(" and ", Folders)}"));
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, created, version, migrations, tables, sequences, files);
        await using var entry = await zip.CreateEntry(BackupManifest.Entry, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, cancellationToken);
        return manifest;
    }

    private static async Task<BackupTable> WriteTableAsync(ZipArchive zip, NpgsqlConnection connection, string name, IReadOnlyList<BackupColumn> columns, CancellationToken cancellationToken)
    {
        var table = new BackupTable(name, columns, 0, 0, "");
        await using var entry = await zip.CreateEntry(table.Entry, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        using var reader = await connection.BeginTextExportAsync($"copy {BackupCatalog.CopyTarget(name, columns)} to stdout", cancellationToken);
        // the bytes beneath: the reader itself would take a U+FEFF that begins a table for a byte order mark
        var text = reader is StreamReader { BaseStream: var bytes } ? bytes : throw new InvalidOperationException("Npgsql's text export is no StreamReader.");
        var tally = await Tally.CopyAsync(text, entry, cancellationToken);
        return table with { Rows = tally.Lines, Bytes = tally.Bytes, Sha256 = tally.Sha256 }; // COPY writes a line break in a value as \n, so lines are rows
    }

    private static async Task<List<BackupFile>> WriteFilesAsync(ZipArchive zip, string dataFolder, CancellationToken cancellationToken)
    {
        List<BackupFile> files = [];
        var paths = Folders.Select(folder => Path.Combine(dataFolder, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(path => (Full: path, Relative: Path.GetRelativePath(dataFolder, path).Replace('\\', '/')))
            .Where(path => !path.Relative.StartsWith("blobs/incoming/", StringComparison.Ordinal)); // uploads in progress: no row names them
        foreach (var path in paths.OrderBy(path => path.Relative, StringComparer.Ordinal))
        {
            FileStream source;
            try
            {
                source = new FileStream(path.Full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            }
            catch (FileNotFoundException)
            {
                continue; // deleted since the listing, so nothing needs it
            }

            await using (source)
            {
                await using var entry = await zip.CreateEntry(path.Relative, CompressionLevel.Fastest).OpenAsync(cancellationToken);
                var tally = await Tally.CopyAsync(source, entry, cancellationToken);
                files.Add(new(path.Relative, tally.Bytes, tally.Sha256));
            }
        }

        return files;
    }
}
