using System.Buffers.Binary;
using System.IO.Compression;
using Arena.Evaluation.Images;
using Arena.Evaluation.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Arena.Tests.Evaluation.Images;

/// <summary>What <see cref="PngWriter"/> writes, read again by a decoder that shares nothing with it.</summary>
public sealed class PngWriterTests
{
    [Fact]
    public void Write_AnyPicture_IsReadAgainPixelForPixel() =>
        Prop.ForAll(Pictures().ToArbitrary(), picture =>
        {
            var (width, height, pixels) = Decode(PngWriter.Write(picture.Width, picture.Height, picture.Rgb));

            Assert.Equal((picture.Width, picture.Height), (width, height));
            Assert.Equal(picture.Rgb, pixels);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_APhotograph_IsSmallerThanItsPixels()
    {
        Assert.True(NpyFile.TryRead(UpscalingSuite.Loaded.Value.Read("references.npy"), out var pictures, out var error), error);
        var sizes = Enumerable.Range(0, pictures.SampleCount).Select(i => PngWriter.Write(160, 160, pictures.Samples(i, 1).Span).Length);

        Assert.InRange(sizes.Average(), 10_000, 0.7 * pictures.SampleBytes);
    }

    /// <summary>What could tell two entries apart: nothing but the pixels decides the bytes.</summary>
    [Fact]
    public void Write_TheSamePixels_GivesTheSameBytesAndThreeChunks()
    {
        var rgb = Enumerable.Range(0, 30 * 20 * 3).Select(i => (byte)(i * i)).ToArray();

        var first = PngWriter.Write(30, 20, rgb);
        _ = PngWriter.Write(5, 5, new byte[75]);

        Assert.Equal(first, PngWriter.Write(30, 20, [.. rgb]));
        Assert.Equal(["IHDR", "IDAT", "IEND"], Chunks(first).Select(chunk => chunk.Type));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 2, 11)]
    [InlineData(2, 2, 13)]
    [InlineData(-1, -4, 12)]
    [InlineData(PngWriter.MaxSide + 1, 1, 3 * (PngWriter.MaxSide + 1))]
    public void Write_BytesThatAreNoPicture_Throws(int width, int height, int bytes) =>
        Assert.Throws<ArgumentException>(() => PngWriter.Write(width, height, new byte[bytes]));

    private static Gen<(int Width, int Height, byte[] Rgb)> Pictures() =>
        from width in Gen.Choose(1, 70)
        from height in Gen.Choose(1, 70)
        from seed in Gen.Choose(0, int.MaxValue)
        from smooth in ArbMap.Default.GeneratorFor<bool>()
        select (width, height, Make(width * height * 3, seed, smooth));

    private static byte[] Make(int length, int seed, bool smooth)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return smooth ? [.. bytes.Select((_, i) => (byte)((i + seed) / 7))] : bytes;
    }

    private static (int Width, int Height, byte[] Rgb) Decode(byte[] png)
    {
        var chunks = Chunks(png);
        var header = chunks[0].Data;
        Assert.Equal(13, header.Length);
        Assert.Equal([8, 2, 0, 0, 0], header[8..]); // 8 bits, RGB, the only compression, the only filters, not interlaced
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        using var inflate = new ZLibStream(new MemoryStream(chunks[1].Data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        inflate.CopyTo(raw);
        var lines = raw.ToArray();
        Assert.Equal(height * (1 + 3 * width), lines.Length);
        var rgb = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines[y * (1 + 3 * width)];
            for (var x = 0; x < 3 * width; x++)
            {
                var left = x < 3 ? 0 : rgb[y * 3 * width + x - 3];
                var above = y == 0 ? 0 : rgb[(y - 1) * 3 * width + x];
                var corner = x < 3 || y == 0 ? 0 : rgb[(y - 1) * 3 * width + x - 3];
                rgb[y * 3 * width + x] = (byte)(lines[y * (1 + 3 * width) + 1 + x] + filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Paeth(left, above, corner),
                    _ => throw new InvalidDataException($"Filter {filter}."),
                });
            }
        }

        return (width, height, rgb);
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (a, b, c) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], png[..8]);
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var typeAndData = png.AsSpan(at + 4, 4 + length);
            Assert.Equal(Crc(typeAndData), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add((System.Text.Encoding.ASCII.GetString(typeAndData[..4]), typeAndData[4..].ToArray()));
            at += 12 + length;
        }

        return chunks;
    }

    /// <summary>Bit by bit, as the standard's division reads.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var remainder = ~0u;
        foreach (var each in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var carry = ((remainder ^ (uint)(each >> bit)) & 1) == 1;
                remainder = (remainder >> 1) ^ (carry ? 0xEDB88320 : 0);
            }
        }

        return ~remainder;
    }
}
