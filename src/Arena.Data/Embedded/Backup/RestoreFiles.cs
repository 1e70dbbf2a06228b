namespace Arena.Data.Embedded.Backup;

/// <summary>Files of a backup on their way into the data folder: first all of them beside it, then by renaming.</summary>
internal sealed class RestoreFiles(DataFolder folder) : IDisposable
{
    private readonly string staging = Path.Combine(folder.Path, "restoring");
    private readonly List<string> placed = [];
    private bool kept;

    /// <exception cref="ArenaDataException">There are blobs or keys already.</exception>
    public void RefuseExisting()
    {
        foreach (var path in new[] { folder.Blobs, folder.Keys })
        {
            if (Directory.Exists(path) && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any())
            {
                throw new ArenaDataException($"{path} holds files already, and a restore overwrites nothing. Restore with --fresh, which moves the old data aside, or choose another folder with --data.");
            }
        }
    }

    public async Task StageAsync(VerifiedBackup backup, CancellationToken cancellationToken)
    {
        folder.Ensure();
        RemoveStaging(); // of a restore that was killed
        foreach (var file in backup.Manifest.Files)
        {
            var path = Path.Combine(staging, file.Path);
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            await using var source = await backup.OpenEntryAsync(file.Path, cancellationToken);
            await using var target = PrivateFile.Create(path);
            await source.CopyToAsync(target, cancellationToken);
            target.Flush(flushToDisk: true);
        }
    }

    public void Place(VerifiedBackup backup)
    {
        foreach (var file in backup.Manifest.Files)
        {
            var path = Path.Combine(folder.Path, file.Path);
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            File.Move(Path.Combine(staging, file.Path), path);
            placed.Add(path);
        }
    }

    /// <summary>The rows that need the files are committed.</summary>
    public void Keep() => kept = true;

    public void Dispose()
    {
        if (!kept)
        {
            placed.ForEach(File.Delete);
        }

        RemoveStaging();
    }

    private void RemoveStaging()
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
