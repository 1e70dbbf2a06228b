using Arena.Cli.Hosting;
using Arena.Contracts.Suites;

namespace Arena.Cli.Server;

/// <summary>Finds the token of whoever runs the server.</summary>
internal static class OperatorToken
{
    /// <summary>Where the data folder is, unless it is the usual one.</summary>
    public const string DataVariable = "ARENA_DATA";

    /// <summary>The host's own setting for the same, where it comes from the environment.</summary>
    public const string HostDataVariable = "Arena__Data";

    private const string DataFolder = ".arena";

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="surroundings">Environment and current folder.</param>
    /// <param name="file">What --token-file says.</param>
    /// <exception cref="CliException">There is none, or others could read it.</exception>
    public static string Find(CliSurroundings surroundings, string? file)
    {
        if (file is null && surroundings.Variable(SuiteImport.TokenVariable) is { Length: > 0 } given)
        {
            return Check(given, SuiteImport.TokenVariable);
        }

        var path = file is not null
            ? Path.GetFullPath(file, surroundings.Folder)
            : FindFile(surroundings) ?? throw new CliException($"There is no operator's token. A running Arena keeps one in its data folder: set {DataVariable} to that folder, or give --token-file or {SuiteImport.TokenVariable}.");
        return Check(Read(path), path);
    }

    private static string? FindFile(CliSurroundings surroundings)
    {
        foreach (var variable in (string[])[DataVariable, HostDataVariable])
        {
            if (surroundings.Variable(variable) is { Length: > 0 } data)
            {
                return Path.Combine(Path.GetFullPath(data, surroundings.Folder), SuiteImport.TokenFileName);
            }
        }

        for (var folder = surroundings.Folder; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, DataFolder, SuiteImport.TokenFileName);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string Read(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == UnixFileMode.None
                ? File.ReadAllText(path)
                : throw new CliException($"Others can read the token file {path}. Run: chmod 600 {path}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The token file {path} cannot be read: {unreadable.Message} Is Arena running on that data folder?");
        }
    }

    private static string Check(string text, string source)
    {
        var token = text.Trim();
        return token.Length > 0 && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new CliException($"{source} holds no token: one line of letters and digits is expected.");
    }
}
