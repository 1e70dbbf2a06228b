using System.IO.Compression;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank.Input;

/// <summary>Opens a file, or standard input as "-", and tells by its first bytes what it is: Parquet, JSON lines, a JSON array, else CSV; any of them inside gzip.</summary>
internal static class RowSource
{
    public const string StandardInput = "-";

    private const int Peeked = 4096;

    /// <summary>What messages call it.</summary>
    public static string NameOf(string file) => string.Equals(file, StandardInput, StringComparison.Ordinal) ? "standard input" : file;

    /// <summary>The bytes, out of gzip where they are in it, and whether they begin a JSON value of payoffs.</summary>
    public static (PeekedStream Stream, bool IsPayoffs) Open(string file, CliSurroundings surroundings)
    {
        bool standard = string.Equals(file, StandardInput, StringComparison.Ordinal);
        Stream stream = standard ? surroundings.Input : OpenFile(Path.GetFullPath(file, surroundings.Folder));
        try
        {
            var peeked = new PeekedStream(stream, Peeked);
            if (peeked.First.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            {
                peeked = new PeekedStream(new GZipStream(peeked, CompressionMode.Decompress), Peeked);
            }

            return (peeked, PayoffJson.Begins(Text(peeked)));
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw new RefusedException($"The gzip file is damaged: {e.Message}");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a table; they dispose of the stream.</summary>
    public static RowReader Rows(PeekedStream stream, string file)
    {
        try
        {
            string name = NameOf(file);
            if (stream.First.StartsWith("PAR1"u8))
            {
                return ParquetRows.From(stream, name);
            }

            return Text(stream) switch
            {
                [(byte)'{', ..] => new JsonRows(stream, array: false) { Name = name },
                [(byte)'[', ..] => new JsonRows(stream, array: true) { Name = name },
                _ => new CsvRows(stream) { Name = name },
            };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static ReadOnlySpan<byte> Text(PeekedStream stream)
    {
        ReadOnlySpan<byte> start = stream.First;
        return (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new RefusedException($"{path} is a folder. Give a file of votes or scores, or - for standard input.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException($"There is no file {path}. Give a file of votes or scores, or - for standard input.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be read: {e.Message}");
        }
    }
}
