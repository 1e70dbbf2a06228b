namespace Arena.Evaluation.Tensors;

/// <summary>An array read from an NPY file: C order, little endian. <paramref name="Data"/> has exactly
/// <c>Shape.ElementCount × ElementType.SizeInBytes()</c> bytes.</summary>
public sealed record NpyArray(TensorElementType ElementType, TensorShape Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Length of the first axis: how many samples the array holds.</summary>
    public int SampleCount => Shape[0];

    /// <summary>The shape of one sample: all axes but the first.</summary>
    public TensorShape SampleShape => Shape.WithoutFirst();

    /// <summary>Bytes of one sample.</summary>
    public int SampleBytes => checked((int)(SampleShape.ElementCount * ElementType.SizeInBytes()));

    /// <summary>The bytes of samples first … first + count - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array does not hold them all.</exception>
    public ReadOnlyMemory<byte> Samples(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, SampleCount - first);
        return Data.Slice(checked(first * SampleBytes), checked(count * SampleBytes));
    }
}
