using System.Buffers.Binary;

namespace Arena.Inference.Runner;

/// <summary>
/// The layout of Run and Outputs payloads: i32 count, i32 zero, a descriptor a tensor (u8 element type, u8 rank, six zero bytes,
/// i64 offset, i64 bytes, i64 × rank dimensions), then the data of each at its offset, a multiple of 64 from the payload's start, so
/// that the runner computes on the frame's memory where it lies.
/// </summary>
internal static class TensorFrame
{
    private const int Alignment = 64;

    private const int CountSize = 8;

    private const int DescriptorSize = 24;

    public static int DescriptorLength(int rank) => DescriptorSize + (rank * sizeof(long));

    /// <summary>Where the first data may start when descriptors take <paramref name="descriptorBytes"/>.</summary>
    public static long DataStart(long descriptorBytes) => Align(CountSize + descriptorBytes);

    public static long Align(long offset) => (offset + Alignment - 1) & ~(Alignment - 1L);

    public static void WriteCount(Span<byte> payload, int count)
    {
        BinaryPrimitives.WriteInt32LittleEndian(payload, count);
        payload[4..CountSize].Clear();
    }

    /// <summary>Writes a descriptor at <paramref name="position"/> (0 for the first) and returns where the next one goes.</summary>
    public static int WriteDescriptor(Span<byte> payload, int position, TensorElementType type, long offset, long byteLength, ReadOnlySpan<long> dimensions)
    {
        var at = payload[(CountSize + position)..];
        at[0] = (byte)type;
        at[1] = (byte)dimensions.Length;
        at[2..8].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(at[8..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(at[16..], byteLength);
        for (int i = 0; i < dimensions.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(at[(DescriptorSize + (i * sizeof(long)))..], dimensions[i]);
        return position + DescriptorLength(dimensions.Length);
    }

    /// <summary>Reads and checks all descriptors into <paramref name="tensors"/>, which must be as many as are expected.</summary>
    /// <exception cref="FrameException">A descriptor is malformed, points outside the payload, or there are not as many.</exception>
    public static void Read(ReadOnlySpan<byte> payload, Span<TensorDescriptor> tensors)
    {
        if (payload.Length < CountSize || BinaryPrimitives.ReadInt32LittleEndian(payload) != tensors.Length)
            throw new FrameException($"The frame does not hold the {tensors.Length} tensors that are expected.");
        int position = CountSize;
        for (int t = 0; t < tensors.Length; t++)
        {
            if (payload.Length - position < DescriptorSize)
                throw new FrameException($"The descriptor of tensor {t} lies past the frame's end.");
            var at = payload[position..];
            int rank = at[1];
            if (rank > TensorShape.MaxRank || at.Length < DescriptorLength(rank))
                throw new FrameException($"The descriptor of tensor {t} claims {rank} dimensions; at most {TensorShape.MaxRank} are accepted, and all within the frame.");
            ref var tensor = ref tensors[t];
            tensor.ElementType = (TensorElementType)at[0];
            tensor.Offset = BinaryPrimitives.ReadInt64LittleEndian(at[8..]);
            tensor.ByteLength = BinaryPrimitives.ReadInt64LittleEndian(at[16..]);
            if (tensor.Dimensions?.Length != rank)
                tensor.Dimensions = new long[rank];
            for (int i = 0; i < rank; i++)
                tensor.Dimensions[i] = BinaryPrimitives.ReadInt64LittleEndian(at[(DescriptorSize + (i * sizeof(long)))..]);
            Check(tensor, t, payload.Length);
            position += DescriptorLength(rank);
        }
    }

    private static void Check(TensorDescriptor tensor, int index, long payloadLength)
    {
        long expected;
        try
        {
            expected = TensorShape.ByteLength(tensor.ElementType, tensor.Dimensions);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FrameException($"Tensor {index}: {e.Message}");
        }

        if (tensor.ByteLength != expected || tensor.Offset < 0 || tensor.Offset % Alignment != 0 || tensor.Offset > payloadLength - tensor.ByteLength)
            throw new FrameException($"Tensor {index} has {tensor.ByteLength} bytes at {tensor.Offset} in a payload of {payloadLength}; {expected} at a multiple of {Alignment} are expected.");
    }
}
