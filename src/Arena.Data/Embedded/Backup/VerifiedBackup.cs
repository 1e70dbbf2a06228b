using System.IO.Compression;
using System.Text.Json;

namespace Arena.Data.Embedded.Backup;

/// <summary>A backup file whose every byte was checked.</summary>
internal sealed class VerifiedBackup : IAsyncDisposable
{
    private readonly FileStream stream;
    private readonly ZipArchive zip;

    private VerifiedBackup(FileStream stream, ZipArchive zip, BackupManifest manifest) => (this.stream, this.zip, Manifest) = (stream, zip, manifest);

    public BackupManifest Manifest { get; }

    /// <exception cref="ArenaDataException">There is no such file, or it is damaged, cut short, or of a later form.</exception>
    public static async Task<VerifiedBackup> OpenAsync(string file, CancellationToken cancellationToken)
    {
        file = Path.GetFullPath(file);
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 * 1024, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArenaDataException($"The backup {file} cannot be read ({e.Message.TrimEnd('.')}). Nothing was changed.", e);
        }

        try
        {
            await BackupSeal.VerifyAsync(stream, cancellationToken);
            var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            var backup = new VerifiedBackup(stream, zip, await ReadManifestAsync(zip, file, cancellationToken));
            await backup.VerifyEntriesAsync(file, cancellationToken);
            return backup;
        }
        catch (InvalidDataException e)
        {
            await stream.DisposeAsync();
            throw Damaged(file, e.Message, e);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public Task<Stream> OpenEntryAsync(string name, CancellationToken cancellationToken)
        => (zip.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing")).OpenAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await zip.DisposeAsync();
        await stream.DisposeAsync();
    }

    private static async Task<BackupManifest> ReadManifestAsync(ZipArchive zip, string file, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(BackupManifest.Entry) ?? throw new InvalidDataException($"{BackupManifest.Entry} is missing");
        try
        {
            await using var text = await entry.OpenAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(text, cancellationToken: cancellationToken);
            if (json.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) && number > BackupManifest.CurrentFormat)
            {
                throw new ArenaDataException($"The backup {file} was made by a newer Arena (its form is {number}, this Arena knows {BackupManifest.CurrentFormat}). Nothing was changed. Update Arena and restore again.");
            }

            return json.Deserialize<BackupManifest>(BackupManifest.Json) ?? throw new InvalidDataException($"{BackupManifest.Entry} is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{BackupManifest.Entry} cannot be read", e);
        }
    }

    private async Task VerifyEntriesAsync(string file, CancellationToken cancellationToken)
    {
        foreach (var table in Manifest.Tables)
        {
            await using var entry = await OpenEntryAsync(table.Entry, cancellationToken);
            var tally = await Tally.CopyAsync(entry, to: null, cancellationToken);
            if (tally != new Tally(table.Bytes, table.Rows, table.Sha256))
            {
                throw Damaged(file, $"table {table.Name} does not fit its checksum");
            }
        }

        foreach (var item in Manifest.Files)
        {
            // a path out of a file is a stranger's: it must stay inside the data folder
            var parts = item.Path.Split('/');
            if (parts is not ["blobs" or "keys", _, ..] || parts.Any(part => part is "" or "." or ".." || part.Contains('\\', StringComparison.Ordinal) || part.Contains(':', StringComparison.Ordinal)))
            {
                throw Damaged(file, $"it names a file outside of blobs and keys: {item.Path}");
            }

            await using var entry = await OpenEntryAsync(item.Path, cancellationToken);
            var tally = await Tally.CopyAsync(entry, to: null, cancellationToken);
            if (tally.Bytes != item.Bytes || !string.Equals(tally.Sha256, item.Sha256, StringComparison.Ordinal))
            {
                throw Damaged(file, $"{item.Path} does not fit its checksum");
            }
        }
    }

    private static ArenaDataException Damaged(string file, string what, Exception? cause = null)
        => new($"The backup {file} is damaged: {what}. Nothing was changed. Use another copy of it.", cause);
}
