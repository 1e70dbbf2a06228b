using System.Security.Cryptography;
using Arena.Contracts.Workers;
using Arena.Worker.Hosting;

namespace Arena.Worker.Artefacts;

/// <summary>Fetched files by their SHA-256. Several workers may share a folder: files appear whole, by renaming, and are checked each time they are used.</summary>
internal sealed class ArtefactCache
{
    private const string Unfinished = ".part";
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(6);

    private readonly string folder;
    private readonly long mostBytes;
    private readonly TimeProvider time;

    private ArtefactCache(string folder, long mostBytes, TimeProvider time)
    {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.time = time;
    }

    /// <summary>Makes the folder where there is none, for its owner only, and clears what killed workers left half fetched.</summary>
    /// <exception cref="WorkerStopException">The folder cannot be used.</exception>
    public static ArtefactCache Open(string folder, long mostBytes, TimeProvider time)
    {
        try
        {
            folder = Path.GetFullPath(folder);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var limit = (time.GetUtcNow() - Forgotten).UtcDateTime;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Unfinished))
            {
                if (file.LastWriteTimeUtc < limit)
                {
                    file.Delete();
                }
            }

            var probe = Path.Combine(folder, Guid.NewGuid().ToString("N") + Unfinished);
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return new ArtefactCache(folder, mostBytes, time);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WorkerStopException(WorkerExitCode.CannotWork, $"The worker cannot keep files in {folder}: {e.Message} Name another folder with --cache.");
        }
    }

    /// <summary>The path of the file, fetched where it is not here yet or not what it should be.</summary>
    /// <param name="artefact">Which.</param>
    /// <param name="needed">Hashes of files that are in use and must stay.</param>
    /// <param name="fetch">Writes the bytes to a stream.</param>
    /// <param name="cancellationToken">Stops fetching.</param>
    /// <exception cref="InvalidDataException">What came is not what was announced; a sentence.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task<string> GetAsync(Artefact artefact, IReadOnlyCollection<string> needed, Func<Artefact, Stream, CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        if (artefact.Sha256.Length != 64 || !artefact.Sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new InvalidDataException("The server named a file by something that is no SHA-256.");
        }

        var path = Path.Combine(folder, artefact.Sha256);
        if (await IsGoodAsync(path, artefact, cancellationToken))
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime); // used now: see MakeRoom
            return path;
        }

        if (artefact.Size > mostBytes)
        {
            throw new InvalidDataException($"A file of {artefact.Size} bytes does not fit into the cache of {mostBytes}.");
        }

        MakeRoom(artefact.Size, needed);
        var unfinished = Path.Combine(folder, $"{artefact.Sha256}.{Guid.NewGuid():N}{Unfinished}");
        try
        {
            await FetchAsync(artefact, unfinished, fetch, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
            return path;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task FetchAsync(Artefact artefact, string path, Func<Artefact, Stream, CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        await using var hashing = new HashingStream(file);
        await fetch(artefact, hashing, cancellationToken);
        await file.FlushAsync(cancellationToken);
        if (file.Length != artefact.Size)
        {
            throw new InvalidDataException($"The server sent {file.Length} bytes of a file of {artefact.Size}.");
        }

        if (!string.Equals(hashing.Sha256(), artefact.Sha256, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"What the server sent is not the file {artefact.Sha256}: its SHA-256 is another. The file is damaged on the server, or something between changed it.");
        }
    }

    private static async Task<bool> IsGoodAsync(string path, Artefact artefact, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return file.Length == artefact.Size
                && string.Equals(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), artefact.Sha256, StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Deletes what was not used for longest until <paramref name="bytes"/> more fit.</summary>
    private void MakeRoom(long bytes, IReadOnlyCollection<string> needed)
    {
        var files = new DirectoryInfo(folder).GetFiles().Where(file => file.Name.Length == 64).OrderBy(file => file.LastWriteTimeUtc).ToList();
        var total = files.Sum(file => file.Length);
        foreach (var file in files)
        {
            if (total + bytes <= mostBytes)
            {
                return;
            }

            if (!needed.Contains(file.Name, StringComparer.Ordinal))
            {
                total -= file.Length;
                file.Delete();
            }
        }
    }
}
