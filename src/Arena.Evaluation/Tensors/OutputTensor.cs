namespace Arena.Evaluation.Tensors;

/// <summary>One output of a model for a range of samples.</summary>
/// <param name="Name">The model's name for it, 1 to 255 bytes of UTF-8.</param>
/// <param name="ElementType">The type of each element.</param>
/// <param name="SampleShape">The shape of one sample's output: all axes but the batch axis; a scalar for a label.</param>
/// <param name="Data">Samples in order, C order, little endian: count × elements × bytes; texts as <see cref="PackedTexts"/> has them.</param>
public sealed record OutputTensor(string Name, TensorElementType ElementType, TensorShape SampleShape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes of one sample's output of numbers.</summary>
    public long SampleBytes => checked(SampleShape.ElementCount * ElementType.SizeInBytes());

    /// <summary>Whether the data are those of so many samples, no less and no more.</summary>
    internal bool Holds(int samples) => ElementType == TensorElementType.String
        ? PackedTexts.TryMeasure(Data.Span, checked(SampleShape.ElementCount * samples), out var length, out _) && length == Data.Length
        : checked(SampleBytes * samples) == Data.Length;
}
