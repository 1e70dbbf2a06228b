namespace Arena.Inference;

/// <summary>Arithmetic on tensor dimensions that cannot overflow unseen.</summary>
internal static class TensorShape
{
    /// <summary>More dimensions than any real model has; a bound for what is read off the wire.</summary>
    public const int MaxRank = 32;

    /// <summary>Bytes of a dense tensor: the product of <paramref name="dimensions"/> times the element's size; a scalar has no dimensions.</summary>
    /// <exception cref="ArgumentException">A dimension is negative, or the product does not fit in 64 bits.</exception>
    public static long ByteLength(TensorElementType type, ReadOnlySpan<long> dimensions)
    {
        long bytes = type.SizeInBytes();
        foreach (long dimension in dimensions)
        {
            if (dimension < 0 || (dimension != 0 && bytes > long.MaxValue / dimension))
                throw new ArgumentException($"[{Text(dimensions)}] is no tensor shape: dimensions must be zero or more and their product must fit in 64 bits.", nameof(dimensions));
            bytes *= dimension;
        }

        return bytes;
    }

    public static string Text(ReadOnlySpan<long> dimensions) => string.Join(", ", dimensions.ToArray());
}
