using System.Collections.Immutable;

namespace Arena.Evaluation.Tensors;

/// <summary>Names and sizes of <see cref="TensorElementType"/>.</summary>
public static class TensorElementTypes
{
    /// <summary>The types of numbers: what suites' tensors hold and models take.</summary>
    public static ImmutableArray<TensorElementType> Numbers { get; } = [TensorElementType.Float32, TensorElementType.UInt8, TensorElementType.Int64];

    /// <summary>Bytes one element takes; a text has no one size.</summary>
    public static int SizeInBytes(this TensorElementType type) => type switch
    {
        TensorElementType.Float32 => 4,
        TensorElementType.UInt8 => 1,
        TensorElementType.Int64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type of Arena's."),
    };

    /// <summary>The name used in suite.yaml and on the wire: float32, uint8, int64, text.</summary>
    public static string Name(this TensorElementType type) => type switch
    {
        TensorElementType.Float32 => "float32",
        TensorElementType.UInt8 => "uint8",
        TensorElementType.Int64 => "int64",
        TensorElementType.String => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type of Arena's."),
    };

    /// <summary>A type of numbers by its name.</summary>
    public static bool TryParse(string name, out TensorElementType type)
    {
        foreach (var candidate in Numbers)
        {
            if (string.Equals(candidate.Name(), name, StringComparison.Ordinal))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    internal static bool IsKnown(byte number) => number is 1 or 2 or 7 or 8;
}
