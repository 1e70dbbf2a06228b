namespace Arena.Inference;

/// <summary>Sizes and .NET counterparts of tensor elements.</summary>
public static class TensorElementTypeExtensions
{
    /// <summary>True where tensors of this type can be handed in and read out: every number type of fixed size, and bool.</summary>
    public static bool IsSupported(this TensorElementType type) => Size(type) != 0;

    /// <summary>Bytes an element.</summary>
    /// <exception cref="NotSupportedException">The elements have no fixed size that is supported here (strings, complex numbers, packed types).</exception>
    public static int SizeInBytes(this TensorElementType type)
    {
        int size = Size(type);
        return size != 0
            ? size
            : throw new NotSupportedException($"Tensors of {type} are not supported. Use numbers or booleans of fixed size.");
    }

    /// <summary>The element type that <typeparamref name="T"/> is in memory.</summary>
    /// <exception cref="NotSupportedException">No element type is laid out as <typeparamref name="T"/>.</exception>
    public static TensorElementType Of<T>()
        where T : unmanaged =>
        Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Single => TensorElementType.Float32,
            TypeCode.Double => TensorElementType.Float64,
            TypeCode.Byte => TensorElementType.UInt8,
            TypeCode.SByte => TensorElementType.Int8,
            TypeCode.Int16 => TensorElementType.Int16,
            TypeCode.UInt16 => TensorElementType.UInt16,
            TypeCode.Int32 => TensorElementType.Int32,
            TypeCode.UInt32 => TensorElementType.UInt32,
            TypeCode.Int64 => TensorElementType.Int64,
            TypeCode.UInt64 => TensorElementType.UInt64,
            TypeCode.Boolean => TensorElementType.Bool,
            _ when typeof(T) == typeof(Half) => TensorElementType.Float16,
            _ => throw new NotSupportedException($"No tensor element is laid out as {typeof(T)}."),
        };

    private static int Size(TensorElementType type) => type switch
    {
        TensorElementType.UInt8 or TensorElementType.Int8 or TensorElementType.Bool => 1,
        TensorElementType.UInt16 or TensorElementType.Int16 or TensorElementType.Float16 or TensorElementType.BFloat16 => 2,
        TensorElementType.Float32 or TensorElementType.Int32 or TensorElementType.UInt32 => 4,
        TensorElementType.Float64 or TensorElementType.Int64 or TensorElementType.UInt64 => 8,
        _ => 0,
    };
}
