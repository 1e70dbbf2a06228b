using System.Runtime.InteropServices;

namespace Arena.Inference;

/// <summary>One output, read in place. Valid until its owner's next run or disposal.</summary>
public readonly ref struct OutputTensor
{
    internal OutputTensor(TensorElementType elementType, ReadOnlySpan<long> dimensions, ReadOnlySpan<byte> bytes)
    {
        ElementType = elementType;
        Dimensions = dimensions;
        Bytes = bytes;
    }

    public TensorElementType ElementType { get; }

    /// <summary>Empty for a scalar.</summary>
    public ReadOnlySpan<long> Dimensions { get; }

    /// <summary>The elements as bytes, row by row, in the machine's byte order.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>The elements, row by row.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not what the tensor is made of.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged =>
        TensorElementTypeExtensions.Of<T>() == ElementType
            ? MemoryMarshal.Cast<byte, T>(Bytes)
            : throw new InvalidOperationException($"The output is made of {ElementType}, not of {typeof(T).Name}.");
}
