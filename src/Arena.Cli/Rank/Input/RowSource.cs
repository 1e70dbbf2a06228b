using System.IO.Compression;
using Arena.Cli.Hosting;

namespace Arena.Cli.Rank.Input;

/// <summary>Opens a file, or standard input as "-", and tells by its first bytes what it is: Parquet, JSON lines, a JSON array, else CSV; any of them inside gzip.</summary>
internal static class RowSource
{
    public const string StandardInput = "-";

    private const int Peeked = 4096;

    public static RowReader Open(string file, CliSurroundings surroundings)
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

            if (peeked.First.StartsWith("PAR1"u8))
            {
                return ParquetRows.From(peeked);
            }

            ReadOnlySpan<byte> start = peeked.First;
            start = (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
            return start switch
            {
                [(byte)'{', ..] => new JsonRows(peeked, array: false),
                [(byte)'[', ..] => new JsonRows(peeked, array: true),
                _ => new CsvRows(peeked),
            };
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
