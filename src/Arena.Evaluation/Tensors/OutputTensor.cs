namespace Arena.Evaluation.Tensors;

/// <summary>One output of a model for a range of samples.</summary>
/// <param name="Name">The model's name for it, 1 to 255 bytes of UTF-8.</param>
/// <param name="ElementType">The type of each element.</param>
/// <param name="SampleShape">The shape of one sample's output: all axes but the batch axis; a scalar for a label.</param>
/// <param name="Data">Samples in order, C order, little endian: count × elements × bytes.</param>
public sealed record OutputTensor(string Name, TensorElementType ElementType, TensorShape SampleShape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes of one sample's output.</summary>
    public long SampleBytes => checked(SampleShape.ElementCount * ElementType.SizeInBytes());
}
