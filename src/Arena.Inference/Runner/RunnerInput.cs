namespace Arena.Inference.Runner;

/// <summary>One input tensor of a run: elements row by row, as bytes in the machine's order.</summary>
/// <param name="ElementType">What it is made of.</param>
/// <param name="Dimensions">All axes, the batch's first; empty for a scalar. May be shared between calls.</param>
/// <param name="Bytes">As many bytes as the dimensions say; read until the call has been sent, so keep it until the call ends.</param>
public readonly record struct RunnerInput(TensorElementType ElementType, long[] Dimensions, ReadOnlyMemory<byte> Bytes);
