using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Arena.Evaluation.Tensors;

/// <summary>Reads and writes NumPy's NPY files, versions 1.0 and 2.0, for the element types Arena uses. Nothing in
/// the header is believed: every length is checked against the bytes that are there.</summary>
/// <remarks>Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html</remarks>
public static class NpyFile
{
    private const int MaxHeaderBytes = 4096;
    private const int MaxRank = 8;
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array that is all of <paramref name="file"/>; its data are a slice of it, not a copy.</summary>
    /// <param name="error">What is wrong and what to do, a sentence without the file's name; null when it was read.</param>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out NpyArray? array, [NotNullWhen(false)] out string? error)
    {
        array = null;
        var bytes = file.Span;
        if (bytes.Length < 10 || !bytes.StartsWith(Magic))
        {
            error = "this is not an NPY file; write it with numpy.save.";
            return false;
        }

        int headerStart;
        uint headerLength;
        switch (bytes[6], bytes[7])
        {
            case (1, 0):
                headerStart = 10;
                headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
                break;
            case (2, 0) when bytes.Length >= 12:
                headerStart = 12;
                headerLength = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
                break;
            default:
                error = $"NPY version {bytes[6]}.{bytes[7]} is not read; write version 1.0 with numpy.save.";
                return false;
        }

        if (headerLength > MaxHeaderBytes || headerLength > (uint)(bytes.Length - headerStart))
        {
            error = $"the header claims {headerLength} bytes, but the file has {bytes.Length - headerStart} left and at most {MaxHeaderBytes} are read; write it again with numpy.save.";
            return false;
        }

        if (!NpyHeader.TryParse(bytes.Slice(headerStart, (int)headerLength), out var header, out error))
        {
            return false;
        }

        return TryTakeData(file[(headerStart + (int)headerLength)..], header, out array, out error);
    }

    /// <summary>The bytes of an NPY 1.0 file, as numpy.save writes it.</summary>
    public static byte[] Write(NpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (array.Data.Length != checked(array.Shape.ElementCount * array.ElementType.SizeInBytes()))
        {
            throw new ArgumentException($"{array.Data.Length} bytes are not an array of {array.ElementType.Name()} {array.Shape}.", nameof(array));
        }

        var shape = array.Shape.Count == 1 ? $"({array.Shape[0]},)" : "(" + string.Join(", ", array.Shape) + ")";
        var header = $"{{'descr': '{Descriptor(array.ElementType)}', 'fortran_order': False, 'shape': {shape}, }}";
        var padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        var bytes = new byte[10 + padded + array.Data.Length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)padded);
        Encoding.ASCII.GetBytes((header.PadRight(padded - 1) + "\n").AsSpan(), bytes.AsSpan(10));
        array.Data.CopyTo(bytes.AsMemory(10 + padded));
        return bytes;
    }

    private static bool TryTakeData(ReadOnlyMemory<byte> data, NpyHeader header, [NotNullWhen(true)] out NpyArray? array, [NotNullWhen(false)] out string? error)
    {
        array = null;
        TensorElementType type;
        switch (header.Descriptor)
        {
            case "<f4": type = TensorElementType.Float32; break;
            case "|u1" or "<u1": type = TensorElementType.UInt8; break;
            case "<i8": type = TensorElementType.Int64; break;
            default:
                error = $"element type '{header.Descriptor}' is not read; convert the array to float32 ('<f4'), uint8 ('|u1') or int64 ('<i8').";
                return false;
        }

        if (header.FortranOrder)
        {
            error = "the array is in Fortran order; save numpy.ascontiguousarray(array) instead.";
            return false;
        }

        if (header.Shape.Length is 0 or > MaxRank)
        {
            error = $"the array has {header.Shape.Length} axes; 1 to {MaxRank} are read, the first one the sample.";
            return false;
        }

        // one sample first, so that an axis of length 0 in front cannot hide an impossible sample
        var sampleBytes = (Int128)type.SizeInBytes();
        foreach (var dimension in header.Shape.AsSpan()[1..])
        {
            sampleBytes = Int128.Min(sampleBytes * dimension, int.MaxValue + 1L);
        }

        var expected = sampleBytes * header.Shape[0];
        if (sampleBytes > int.MaxValue || expected > int.MaxValue)
        {
            error = $"the header claims an array of {TensorShape.Create(header.Shape.AsSpan())}, which is more than 2 GiB; make the suite smaller.";
            return false;
        }

        if (expected != data.Length)
        {
            error = $"the header claims {expected} bytes of data, the file holds {data.Length}; write it again with numpy.save.";
            return false;
        }

        array = new NpyArray(type, TensorShape.Create(header.Shape.AsSpan()), data);
        error = null;
        return true;
    }

    private static string Descriptor(TensorElementType type) => type switch
    {
        TensorElementType.Float32 => "<f4",
        TensorElementType.UInt8 => "|u1",
        TensorElementType.Int64 => "<i8",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type of Arena's."),
    };
}
