namespace Arena.Data.Embedded;

/// <summary>
/// The lock on a data folder: a file opened without sharing. The kernel lets go of it when the process ends, however it ends,
/// so whoever holds it knows that a PostgreSQL on this data has lost its host.
/// </summary>
internal sealed class DataGuard : IDisposable
{
    private readonly FileStream stream;

    private DataGuard(FileStream stream) => this.stream = stream;

    /// <exception cref="ArenaDataException">Another process holds it, or the folder cannot be written.</exception>
    public static DataGuard Take(DataFolder folder) => TryTake(folder)
        ?? throw new ArenaDataException($"Another Arena is running on the data in {folder.Path}. Stop it or choose another folder with --data.");

    /// <returns>null when another process holds it.</returns>
    public static DataGuard? TryTake(DataFolder folder)
    {
        folder.Ensure();
        try
        {
            return new(new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArenaDataException($"Arena cannot open {folder.Lock} ({e.Message.TrimEnd('.')}). Give {Environment.UserName} the right to write there, or choose another folder with --data.", e);
        }
    }

    public void Dispose() => stream.Dispose();

    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows
    private static bool IsSharingViolation(IOException e) => OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020) : e.HResult is 11 or 35;
}
