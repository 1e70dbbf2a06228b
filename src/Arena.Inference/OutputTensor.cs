using System.Runtime.InteropServices;

namespace Arena.Inference;

/// <summary>One output, read in place. Valid until the binding's next run or its disposal.</summary>
public readonly unsafe ref struct OutputTensor
{
    private readonly byte* _data;

    internal OutputTensor(TensorElementType elementType, ReadOnlySpan<long> dimensions, byte* data, long byteLength)
    {
        ElementType = elementType;
        Dimensions = dimensions;
        ByteLength = byteLength;
        _data = data;
    }

    public TensorElementType ElementType { get; }

    /// <summary>Empty for a scalar.</summary>
    public ReadOnlySpan<long> Dimensions { get; }

    public long ByteLength { get; }

    /// <summary>The elements as bytes, row by row, in the machine's byte order.</summary>
    /// <exception cref="NotSupportedException">The output is larger than a span can be.</exception>
    public ReadOnlySpan<byte> Bytes => ByteLength <= int.MaxValue
        ? new ReadOnlySpan<byte>(_data, (int)ByteLength)
        : throw new NotSupportedException($"The output is {ByteLength} bytes large; at most {int.MaxValue} can be read. Run smaller batches.");

    /// <summary>The elements, row by row.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not what the tensor is made of.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged =>
        TensorElementTypeExtensions.Of<T>() == ElementType
            ? MemoryMarshal.Cast<byte, T>(Bytes)
            : throw new InvalidOperationException($"The output is made of {ElementType}, not of {typeof(T).Name}.");
}
