namespace Arena.Inference.Runner;

/// <summary>One tensor of a frame: what it is made of and where in the payload its elements lie.</summary>
internal struct TensorDescriptor
{
    public TensorElementType ElementType;
    public long Offset;
    public long ByteLength;
    public long[] Dimensions;
}
