using Arena.Contracts.Workers;

namespace Arena.Worker.Hosting;

/// <summary>Reads the worker's token from where only its owner can see it.</summary>
internal static class WorkerToken
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="WorkerStopException">There is none, or others could read it.</exception>
    public static string Read(Func<string, string?> environment)
    {
        var path = environment(WorkerProtocol.TokenFileVariable);
        var token = string.IsNullOrEmpty(path) ? environment(WorkerProtocol.TokenVariable) : ReadFile(path);
        token = token?.Trim();
        if (string.IsNullOrEmpty(token))
        {
            throw new WorkerStopException(WorkerExitCode.Usage, string.IsNullOrEmpty(path)
                ? $"The worker has no token. Put it into a file that only you can read and name that in {WorkerProtocol.TokenFileVariable}, or set {WorkerProtocol.TokenVariable}. The server's administrator makes tokens."
                : $"The token file {path} is empty. Put the worker's token into it.");
        }

        return token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new WorkerStopException(WorkerExitCode.Usage, "The worker's token holds characters that no token has. Copy it again, one line and nothing else.");
    }

    private static string ReadFile(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            {
                throw new WorkerStopException(WorkerExitCode.Usage, $"Others can read the token file {path}. Run: chmod 600 {path}");
            }

            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new WorkerStopException(WorkerExitCode.Usage, $"The token file {path} cannot be read: {unreadable.Message} Correct {WorkerProtocol.TokenFileVariable}.");
        }
    }
}
