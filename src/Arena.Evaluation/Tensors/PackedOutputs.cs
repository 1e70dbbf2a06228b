using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Arena.Evaluation.Tensors;

/// <summary>The binary form of an <see cref="OutputChunk"/>: the body of a worker's chunk and what the server keeps.
/// Little endian. Header: "ARPO", version (1 byte: 1, or 2 where an output is made of texts), number of tensors (1 byte), two zero bytes, first ordinal
/// (int32), count (int32). Then for each tensor: length of its name (1 byte), name (UTF-8), element type (1 byte,
/// ONNX's number), rank (1 byte), dimensions of one sample (int32 each). Then each tensor's data, in that order,
/// with nothing between or after.</summary>
public static class PackedOutputs
{
    /// <summary>The version of chunks that hold only numbers.</summary>
    public const byte NumbersVersion = 1;

    /// <summary>The version of chunks with an output of texts (<see cref="PackedTexts"/>), which older readers do not know.</summary>
    public const byte TextsVersion = 2;

    public const int MaxTensors = 16;
    public const int MaxRank = 8;
    private const int HeaderBytes = 16;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Magic => "ARPO"u8;

    /// <summary>Bytes that <see cref="Write"/> will fill.</summary>
    /// <exception cref="ArgumentException">The chunk contradicts itself (lengths, names, limits).</exception>
    public static int GetLength(OutputChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        if (chunk.FirstOrdinal < 0 || chunk.Count < 0 || chunk.FirstOrdinal > int.MaxValue - chunk.Count)
        {
            throw new ArgumentException($"Samples {chunk.FirstOrdinal} + {chunk.Count} are not a range of ordinals.", nameof(chunk));
        }

        if (chunk.Outputs.Length is 0 or > MaxTensors)
        {
            throw new ArgumentException($"A chunk holds 1 to {MaxTensors} outputs, not {chunk.Outputs.Length}.", nameof(chunk));
        }

        long length = HeaderBytes;
        foreach (var output in chunk.Outputs)
        {
            var nameBytes = Utf8.GetByteCount(output.Name);
            if (nameBytes is 0 or > byte.MaxValue || output.SampleShape.Count > MaxRank || chunk.Find(output.Name) != output)
            {
                throw new ArgumentException($"Output '{output.Name}' needs a name of its own of 1 to 255 bytes and at most {MaxRank} axes.", nameof(chunk));
            }

            if (!output.Holds(chunk.Count))
            {
                throw new ArgumentException(output.ElementType == TensorElementType.String
                    ? $"Output '{output.Name}' does not hold the texts of {chunk.Count} samples and nothing else."
                    : $"Output '{output.Name}' has {output.Data.Length} bytes; {chunk.Count} samples of {output.ElementType.Name()} {output.SampleShape} need {output.SampleBytes * chunk.Count}.", nameof(chunk));
            }

            length += 3 + nameBytes + 4 * output.SampleShape.Count + output.Data.Length;
        }

        return length <= int.MaxValue ? (int)length : throw new ArgumentException("A chunk is at most 2 GiB; send fewer samples at a time.", nameof(chunk));
    }

    /// <summary>Writes the chunk at the start of <paramref name="destination"/> and returns the bytes written.</summary>
    /// <exception cref="ArgumentException">The chunk contradicts itself, or the destination is too short.</exception>
    public static int Write(OutputChunk chunk, Span<byte> destination)
    {
        var length = GetLength(chunk);
        if (destination.Length < length)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; {length} are needed.", nameof(destination));
        }

        Magic.CopyTo(destination);
        destination[4] = chunk.Outputs.Any(output => output.ElementType == TensorElementType.String) ? TextsVersion : NumbersVersion;
        destination[5] = (byte)chunk.Outputs.Length;
        destination[6] = destination[7] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(destination[8..], chunk.FirstOrdinal);
        BinaryPrimitives.WriteInt32LittleEndian(destination[12..], chunk.Count);
        var at = HeaderBytes;
        foreach (var output in chunk.Outputs)
        {
            var nameBytes = Utf8.GetBytes(output.Name, destination[(at + 1)..]);
            destination[at] = (byte)nameBytes;
            at += 1 + nameBytes;
            destination[at++] = (byte)output.ElementType;
            destination[at++] = (byte)output.SampleShape.Count;
            foreach (var dimension in output.SampleShape.Dimensions)
            {
                BinaryPrimitives.WriteInt32LittleEndian(destination[at..], dimension);
                at += 4;
            }
        }

        foreach (var output in chunk.Outputs)
        {
            output.Data.Span.CopyTo(destination[at..]);
            at += output.Data.Length;
        }

        return at;
    }

    /// <summary>The chunk in an array of its own.</summary>
    /// <exception cref="ArgumentException">The chunk contradicts itself.</exception>
    public static byte[] Encode(OutputChunk chunk)
    {
        var bytes = new byte[GetLength(chunk)];
        Write(chunk, bytes);
        return bytes;
    }

    /// <summary>Reads a chunk that is all of <paramref name="packed"/>; its data are slices of it, not copies. Safe on
    /// any bytes at all.</summary>
    /// <param name="error">What is wrong, a sentence; null when the chunk was read.</param>
    public static bool TryRead(ReadOnlyMemory<byte> packed, [NotNullWhen(true)] out OutputChunk? chunk, [NotNullWhen(false)] out string? error)
    {
        chunk = null;
        var bytes = packed.Span;
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic))
        {
            error = "The body is not a chunk of packed outputs.";
            return false;
        }

        if (bytes[4] is not (NumbersVersion or TextsVersion) || bytes[6] != 0 || bytes[7] != 0)
        {
            error = $"The chunk is packed in version {bytes[4]}; versions {NumbersVersion} and {TextsVersion} are read here. Update whichever side is older.";
            return false;
        }

        var tensors = bytes[5];
        var first = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        if (tensors is 0 or > MaxTensors || first < 0 || count < 0 || first > int.MaxValue - count)
        {
            error = $"The chunk claims {tensors} outputs for samples {first} + {count}; 1 to {MaxTensors} outputs of a range of ordinals are possible.";
            return false;
        }

        var at = HeaderBytes;
        var outputs = ImmutableArray.CreateBuilder<OutputTensor>(tensors);
        for (var i = 0; i < tensors; i++)
        {
            if (!TryReadTensorHeader(bytes, ref at, out var name, out var type, out var shape, out error))
            {
                return false;
            }

            if (type == TensorElementType.String && bytes[4] == NumbersVersion)
            {
                error = $"Output '{name}' is made of texts (element type 8), which version {NumbersVersion} cannot hold.";
                return false;
            }

            if (outputs.Any(o => string.Equals(o.Name, name, StringComparison.Ordinal)))
            {
                error = $"The chunk names the output '{name}' twice.";
                return false;
            }

            outputs.Add(new OutputTensor(name, type, shape, default));
        }

        for (var i = 0; i < tensors; i++)
        {
            var output = outputs[i];
            if (!TryMeasure(output, count, bytes[at..], out var length, out error))
            {
                return false;
            }

            outputs[i] = output with { Data = packed.Slice(at, length) };
            at += length;
        }

        if (at != bytes.Length)
        {
            error = $"The chunk has {bytes.Length - at} bytes after its last output.";
            return false;
        }

        chunk = new OutputChunk(first, count, outputs.MoveToImmutable());
        error = null;
        return true;
    }

    /// <summary>How many of the bytes are the output's data.</summary>
    private static bool TryMeasure(OutputTensor output, int count, ReadOnlySpan<byte> bytes, out int length, [NotNullWhen(false)] out string? error)
    {
        if (output.ElementType == TensorElementType.String)
        {
            if (PackedTexts.TryMeasure(bytes, output.SampleShape.ElementCount * count, out length, out var broken))
            {
                error = null;
                return true;
            }

            error = $"Output '{output.Name}' cannot be read: {broken}";
            return false;
        }

        var announced = (Int128)output.SampleBytes * count;
        var fits = announced <= bytes.Length;
        length = fits ? (int)announced : 0;
        error = fits ? null : $"The chunk ends inside output '{output.Name}': {announced} bytes were announced, {bytes.Length} are there.";
        return fits;
    }

    private static bool TryReadTensorHeader(ReadOnlySpan<byte> bytes, ref int at, [NotNullWhen(true)] out string? name, out TensorElementType type, out TensorShape shape, [NotNullWhen(false)] out string? error)
    {
        name = null;
        type = default;
        shape = default;
        error = "The chunk ends inside the description of an output.";
        var nameLength = at < bytes.Length ? bytes[at] : 0;
        if (bytes.Length - at < nameLength + 3)
        {
            return false;
        }

        var nameBytes = bytes.Slice(at + 1, nameLength);
        var typeNumber = bytes[at + 1 + nameLength];
        var rank = bytes[at + 2 + nameLength];
        at += 3 + nameLength;
        if (nameLength == 0 || !System.Text.Unicode.Utf8.IsValid(nameBytes) || !TensorElementTypes.IsKnown(typeNumber) || rank > MaxRank)
        {
            error = $"An output of the chunk has a name that is not text, element type {typeNumber} or {rank} axes; names are UTF-8, types are 1 (float32), 2 (uint8), 7 (int64), 8 (text), and at most {MaxRank} axes are read.";
            return false;
        }

        if (bytes.Length - at < 4 * rank)
        {
            return false;
        }

        name = Utf8.GetString(nameBytes);
        type = (TensorElementType)typeNumber;
        Span<int> dimensions = stackalloc int[MaxRank];
        var size = (Int128)(type == TensorElementType.String ? PackedTexts.EndBytes : type.SizeInBytes());
        for (var i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
            at += 4;
            size *= dimensions[i];
            if (dimensions[i] < 0 || size > int.MaxValue)
            {
                error = $"Output '{name}' has an impossible shape: dimension {i} is {dimensions[i]}.";
                return false;
            }
        }

        shape = TensorShape.Create(dimensions[..rank]);
        error = null;
        return true;
    }
}
