namespace Arena.Evaluation.Suites;

/// <summary>Reads a suite from a folder. Names that begin with a dot and __pycache__ are no part of it; symbolic links
/// are refused.</summary>
public static class SuiteFolder
{
    /// <summary>Reads every file of the folder once, into memory, and checks it all.</summary>
    /// <param name="path">The folder that holds suite.yaml.</param>
    public static SuiteLoad Load(string path, SuiteReadLimits? limits = null)
    {
        var errors = new ErrorList();
        var contents = ReadFiles(path, limits ?? SuiteReadLimits.Default, errors);
        return errors.Count > 0 ? new SuiteLoad.Refused(errors.ToImmutable()) : SuiteReader.Read(contents, errors);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadFiles(string path, SuiteReadLimits limits, ErrorList errors)
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (!Directory.Exists(path))
        {
            errors.Add("", null, $"There is no folder {path}; give the folder that holds suite.yaml.");
            return contents;
        }

        var folders = new Queue<(DirectoryInfo Folder, string Prefix)>([(new DirectoryInfo(path), "")]);
        var budget = limits.MaxTotalBytes;
        var seen = 0;
        while (folders.TryDequeue(out var next))
        {
            foreach (var item in next.Folder.EnumerateFileSystemInfos().OrderBy(i => i.Name, StringComparer.Ordinal))
            {
                var name = next.Prefix + item.Name;
                if (SuitePath.IsIgnored(item.Name))
                {
                    continue;
                }

                if (++seen > limits.MaxFiles)
                {
                    errors.Add("", null, $"The folder {path} holds more than {limits.MaxFiles} files; a suite is kept in a few large ones.");
                    return contents;
                }

                if (item.LinkTarget is not null || item.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    errors.Add(name, null, "this is a symbolic link; put the file itself into the suite.");
                }
                else if (!SuitePath.IsValid(name))
                {
                    errors.Add("", null, $"the name \"{name}\" cannot be used; {SuitePath.Rule}.");
                }
                else if (item is DirectoryInfo folder)
                {
                    folders.Enqueue((folder, name + "/"));
                }
                else if (ReadFile((FileInfo)item, name, limits, ref budget, errors) is { } bytes)
                {
                    contents[name] = bytes;
                }
            }
        }

        return contents;
    }

    private static byte[]? ReadFile(FileInfo file, string name, SuiteReadLimits limits, ref long budget, ErrorList errors)
    {
        if (file.Length > limits.MaxFileBytes || file.Length > budget)
        {
            errors.Add(name, null, $"the file has {file.Length} bytes; a file may have {limits.MaxFileBytes} and a whole suite {limits.MaxTotalBytes}.");
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            budget -= bytes.Length;
            return bytes;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add(name, null, $"the file cannot be read ({unreadable.Message}); check who may read it.");
            return null;
        }
    }
}
