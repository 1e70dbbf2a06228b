namespace Arena.Web.Suites;

/// <summary>Where uploads are while they come in. What a killed host left here was never accepted, and is deleted at the next start.</summary>
internal sealed class IncomingFolder
{
    private readonly string path;

    public IncomingFolder(string dataFolder)
    {
        path = Path.Combine(dataFolder, "incoming");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path);
    }

    /// <summary>A new file that is deleted when it is closed.</summary>
    public FileStream Create() =>
        new(Path.Combine(path, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
}
