using System.Buffers.Binary;
using System.IO.Compression;

namespace Arena.Evaluation.Images;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): 8-bit RGB, not interlaced, and nothing but the three chunks that a
/// picture needs: no time, no text, no colour profile. Filter and compression are fixed, so that the same pixels
/// give the same bytes with the same build of .NET, whoever made them.</summary>
public static class PngWriter
{
    /// <summary>The longest side there may be.</summary>
    public const int MaxSide = 16_384;

    private const int ChunkFrame = 12; // length, type, checksum
    private const int HeaderBytes = 13;
    private const byte AverageFilter = 3; // less the mean of left and above: of the five the smallest on photographs, and cheap
    private const int Colours = 3;
    private static readonly uint[] Remainders = MakeRemainders();

    // a filtered photograph repeats little but single values: looking for runs only finds nearly as much, six times as fast
    private static readonly ZLibCompressionOptions Compression = new() { CompressionLevel = 1, CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding };

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="rgb">Row by row from the top, three bytes a pixel.</param>
    /// <exception cref="ArgumentException">The pixels are not width × height × 3 bytes, or a side is not 1 to <see cref="MaxSide"/>.</exception>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> rgb)
    {
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || rgb.Length != (long)Colours * width * height)
        {
            throw new ArgumentException($"{rgb.Length} bytes are no picture of {width} × {height} pixels with three bytes each.", nameof(rgb));
        }

        using var png = new MemoryStream(rgb.Length / 2 + 1024);
        png.Write(Signature);

        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits a sample
        header[9] = 2; // RGB
        header[10..].Clear(); // deflate, the five filters, no interlacing
        WriteChunk(png, "IHDR"u8, header);

        var start = BeginChunk(png, "IDAT"u8);
        using (var deflate = new ZLibStream(png, Compression, leaveOpen: true))
        {
            WriteRows(deflate, Colours * width, rgb);
        }

        EndChunk(png, start);
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void WriteRows(ZLibStream target, int stride, ReadOnlySpan<byte> rgb)
    {
        var line = new byte[1 + stride];
        line[0] = AverageFilter;
        ReadOnlySpan<byte> above = new byte[stride];
        for (; !rgb.IsEmpty; rgb = rgb[stride..])
        {
            var row = rgb[..stride];
            for (var i = 0; i < Colours; i++)
            {
                line[i + 1] = (byte)(row[i] - above[i] / 2);
            }

            for (var i = Colours; i < row.Length; i++)
            {
                line[i + 1] = (byte)(row[i] - (row[i - Colours] + above[i]) / 2);
            }

            target.Write(line);
            above = row;
        }
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var start = BeginChunk(png, type);
        png.Write(data);
        EndChunk(png, start);
    }

    /// <summary>Leaves room for the length, which is known at the end.</summary>
    private static int BeginChunk(MemoryStream png, ReadOnlySpan<byte> type)
    {
        var start = (int)png.Length;
        png.Write([0, 0, 0, 0]);
        png.Write(type);
        return start;
    }

    private static void EndChunk(MemoryStream png, int start)
    {
        Span<byte> number = stackalloc byte[4];
        var chunk = png.GetBuffer().AsSpan(start, (int)png.Length - start);
        BinaryPrimitives.WriteInt32BigEndian(chunk, chunk.Length - ChunkFrame + 4); // without length, type, and the checksum that follows
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(chunk[4..]));
        png.Write(number);
    }

    /// <summary>CRC-32 as PNG has it: reflected, polynomial 0xEDB88320, begun and ended with all bits turned.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var each in bytes)
        {
            crc = Remainders[(byte)(crc ^ each)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeRemainders()
    {
        var table = new uint[256];
        for (var n = 0u; n < table.Length; n++)
        {
            var remainder = n;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
            }

            table[n] = remainder;
        }

        return table;
    }
}
