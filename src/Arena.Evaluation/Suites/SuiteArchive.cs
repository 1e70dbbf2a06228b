using System.IO.Compression;

namespace Arena.Evaluation.Suites;

/// <summary>Reads a suite from a zip a stranger sent, and packs one. Nothing is ever written to disk: entries are
/// unpacked into memory, and what an entry says about its own size is not believed.</summary>
public static class SuiteArchive
{
    private const int UnixFileTypeMask = 0xF000;
    private const int UnixRegularFile = 0x8000;

    // the oldest time a zip can name, so that the time of packing leaves no trace
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads and checks a suite. suite.yaml lies at the top, or in the one folder that holds everything.</summary>
    /// <param name="zip">Seekable, read from its start.</param>
    public static SuiteLoad Load(Stream zip, SuiteReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(zip);
        limits ??= SuiteReadLimits.Default;
        var errors = new ErrorList();
        if (zip.Length > limits.MaxArchiveBytes)
        {
            errors.Add("", null, $"The archive has {zip.Length} bytes and at most {limits.MaxArchiveBytes} are read; make the suite smaller.");
            return new SuiteLoad.Refused(errors.ToImmutable());
        }

        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
            ReadEntries(archive, zip.Length, limits, contents, errors);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            errors.Add("", null, $"The archive cannot be read as a zip ({broken.Message.TrimEnd('.')}); pack it again.");
        }

        return errors.Count > 0 ? new SuiteLoad.Refused(errors.ToImmutable()) : SuiteReader.Read(WithoutTopFolder(contents), errors);
    }

    /// <summary>Writes the suite's files, sorted by path and without times, so that the same content gives the same bytes
    /// with the same build of .NET. What identifies a suite is its checksum, not its archive.</summary>
    public static void Pack(SuiteDefinition suite, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(suite);
        using var archive = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var file in suite.Files)
        {
            var entry = archive.CreateEntry(file.Path, CompressionLevel.Optimal);
            entry.LastWriteTime = Epoch;
            entry.ExternalAttributes = (UnixRegularFile | 0x1A4) << 16; // rw-r--r--
            using var stream = entry.Open();
            stream.Write(suite.Read(file.Path).Span);
        }
    }

    /// <summary>The bytes of some of the files of a suite that <see cref="Pack"/> packed.</summary>
    /// <param name="zip">Not a stranger's: its limits are not watched.</param>
    /// <exception cref="InvalidDataException">The archive is broken, or a file is not in it.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Unpack(Stream zip, IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var entry = archive.GetEntry(path) ?? throw new InvalidDataException($"The archive has no file {path}.");
            var bytes = new byte[entry.Length];
            using var source = entry.Open();
            source.ReadExactly(bytes);
            files[path] = bytes;
        }

        return files;
    }

    private static void ReadEntries(ZipArchive archive, long packed, SuiteReadLimits limits, Dictionary<string, ReadOnlyMemory<byte>> contents, ErrorList errors)
    {
        if (archive.Entries.Count > limits.MaxFiles)
        {
            errors.Add("", null, $"The archive holds {archive.Entries.Count} entries and at most {limits.MaxFiles} are read; a suite is kept in a few large files.");
            return;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            var isFolder = name.EndsWith('/');
            if (name.Split('/').Any(part => part.Length > 0 && part is not (".." or ".") && SuitePath.IsIgnored(part)))
            {
                continue;
            }

            var type = (entry.ExternalAttributes >> 16) & UnixFileTypeMask;
            if (!SuitePath.IsValid(isFolder ? name[..^1] : name))
            {
                errors.Add("", null, $"the name \"{Printable(name)}\" cannot be used; {SuitePath.Rule}.");
            }
            else if (isFolder)
            {
                continue;
            }
            else if (type is not (0 or UnixRegularFile))
            {
                errors.Add(name, null, "this is a symbolic link or no file at all; put the file itself into the archive.");
            }
            else if (!names.Add(name))
            {
                errors.Add(name, null, "the archive holds this name twice (upper and lower case are the same here); remove one.");
            }
            else
            {
                if (!TryUnpack(entry, limits, packed, ref unpacked, out var bytes, out var reason))
                {
                    errors.Add(name, null, reason);
                    return;
                }

                contents[name] = bytes;
            }
        }
    }

    /// <summary>Unpacks until a limit is met, counting the bytes that really come.</summary>
    private static bool TryUnpack(ZipArchiveEntry entry, SuiteReadLimits limits, long packed, ref long unpacked, out byte[] bytes, out string reason)
    {
        using var source = entry.Open();
        using var target = new MemoryStream();
        var buffer = new byte[64 * 1024];
        reason = "";
        bytes = [];
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            unpacked += read;
            if (target.Length + read > limits.MaxFileBytes || unpacked > limits.MaxTotalBytes)
            {
                reason = $"unpacking stopped: a file may have {limits.MaxFileBytes} bytes and a whole suite {limits.MaxTotalBytes}. Make the suite smaller.";
                return false;
            }

            if (unpacked > limits.RatioFreeBytes && unpacked > packed * limits.MaxRatio)
            {
                reason = $"unpacking stopped: the archive unpacks to more than {limits.MaxRatio} times its size. Pack it with less compression.";
                return false;
            }

            target.Write(buffer, 0, read);
        }

        bytes = target.ToArray();
        return true;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> WithoutTopFolder(Dictionary<string, ReadOnlyMemory<byte>> contents)
    {
        if (contents.Count == 0 || contents.ContainsKey(SuiteManifest.FileName))
        {
            return contents;
        }

        var first = contents.Keys.First();
        var top = first[..(first.IndexOf('/', StringComparison.Ordinal) + 1)];
        return top.Length > 0 && contents.Keys.All(k => k.StartsWith(top, StringComparison.Ordinal))
            ? contents.ToDictionary(c => c.Key[top.Length..], c => c.Value, StringComparer.Ordinal)
            : contents;
    }

    private static string Printable(string name) =>
        new([.. name.Take(SuitePath.MaxLength).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
