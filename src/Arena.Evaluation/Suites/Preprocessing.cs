using System.Numerics;
using System.Runtime.InteropServices;
using Arena.Evaluation.Tensors;

namespace Arena.Evaluation.Suites;

/// <summary>Turns a suite's samples into what a model wants. Element by element, in C order; the shape changes, the
/// order does not. In this order: (1) where scale is 1, offset 0 and the types are equal, the bytes are copied;
/// otherwise (2) the element, the scale and the offset become float32 (float64 when the suite's elements are int64);
/// (3) multiply, round, add, round; (4) cast: to float32 by rounding, to uint8 and int64 by rounding half to even and
/// keeping to the type's range.</summary>
public static class Preprocessing
{
    /// <summary>Bytes that <see cref="Apply"/> writes for <paramref name="samples"/> samples.</summary>
    public static int GetLength(PreprocessingVariant variant, int samples)
    {
        ArgumentNullException.ThrowIfNull(variant);
        return checked((int)(variant.SampleShape.ElementCount * variant.ElementType.SizeInBytes() * samples));
    }

    /// <summary>Writes any number of samples. Allocates nothing.</summary>
    /// <param name="input">Whole samples, little endian.</param>
    /// <param name="inputType">The suite's element type.</param>
    /// <param name="destination">As many elements of the variant's type.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other.</exception>
    public static void Apply(PreprocessingVariant variant, ReadOnlySpan<byte> input, TensorElementType inputType, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var elements = input.Length / inputType.SizeInBytes();
        if (elements * inputType.SizeInBytes() != input.Length || destination.Length != (long)elements * variant.ElementType.SizeInBytes())
        {
            throw new ArgumentException($"{input.Length} bytes of {inputType.Name()} do not fill {destination.Length} bytes of {variant.ElementType.Name()}.", nameof(destination));
        }

        if (variant is { Scale: 1, Offset: 0 } && variant.ElementType == inputType)
        {
            input.CopyTo(destination);
            return;
        }

        switch (inputType, variant.ElementType)
        {
            case (TensorElementType.UInt8, TensorElementType.Float32):
                BytesToSingles(input, MemoryMarshal.Cast<byte, float>(destination), (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.Float32, TensorElementType.Float32):
                SinglesToSingles(MemoryMarshal.Cast<byte, float>(input), MemoryMarshal.Cast<byte, float>(destination), (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.UInt8, TensorElementType.UInt8):
                Convert<byte, float, byte>(input, destination, (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.UInt8, TensorElementType.Int64):
                Convert<byte, float, long>(input, MemoryMarshal.Cast<byte, long>(destination), (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.Float32, TensorElementType.UInt8):
                Convert<float, float, byte>(MemoryMarshal.Cast<byte, float>(input), destination, (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.Float32, TensorElementType.Int64):
                Convert<float, float, long>(MemoryMarshal.Cast<byte, float>(input), MemoryMarshal.Cast<byte, long>(destination), (float)variant.Scale, (float)variant.Offset);
                break;
            case (TensorElementType.Int64, TensorElementType.Float32):
                Convert<long, double, float>(MemoryMarshal.Cast<byte, long>(input), MemoryMarshal.Cast<byte, float>(destination), variant.Scale, variant.Offset);
                break;
            case (TensorElementType.Int64, TensorElementType.UInt8):
                Convert<long, double, byte>(MemoryMarshal.Cast<byte, long>(input), destination, variant.Scale, variant.Offset);
                break;
            case (TensorElementType.Int64, TensorElementType.Int64):
                Convert<long, double, long>(MemoryMarshal.Cast<byte, long>(input), MemoryMarshal.Cast<byte, long>(destination), variant.Scale, variant.Offset);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(inputType), inputType, "Not an element type of Arena's.");
        }
    }

    private static void BytesToSingles(ReadOnlySpan<byte> input, Span<float> output, float scale, float offset)
    {
        var at = 0;
        var scales = new Vector<float>(scale);
        var offsets = new Vector<float>(offset);
        for (; at <= input.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(input[at..]), out var low, out var high);
            Vector.Widen(low, out var first, out var second);
            Vector.Widen(high, out var third, out var fourth);
            var step = Vector<float>.Count;
            (Vector.ConvertToSingle(first) * scales + offsets).CopyTo(output[at..]);
            (Vector.ConvertToSingle(second) * scales + offsets).CopyTo(output[(at + step)..]);
            (Vector.ConvertToSingle(third) * scales + offsets).CopyTo(output[(at + 2 * step)..]);
            (Vector.ConvertToSingle(fourth) * scales + offsets).CopyTo(output[(at + 3 * step)..]);
        }

        for (; at < input.Length; at++)
        {
            output[at] = input[at] * scale + offset;
        }
    }

    private static void SinglesToSingles(ReadOnlySpan<float> input, Span<float> output, float scale, float offset)
    {
        var at = 0;
        var scales = new Vector<float>(scale);
        var offsets = new Vector<float>(offset);
        for (; at <= input.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(input[at..]) * scales + offsets).CopyTo(output[at..]);
        }

        for (; at < input.Length; at++)
        {
            output[at] = input[at] * scale + offset;
        }
    }

    private static void Convert<TIn, TWork, TOut>(ReadOnlySpan<TIn> input, Span<TOut> output, TWork scale, TWork offset)
        where TIn : unmanaged, INumber<TIn>
        where TWork : unmanaged, IFloatingPointIeee754<TWork>
        where TOut : unmanaged, INumber<TOut>
    {
        for (var i = 0; i < input.Length; i++)
        {
            var value = TWork.CreateSaturating(input[i]) * scale + offset;
            output[i] = TOut.CreateSaturating(typeof(TOut) == typeof(float) ? value : TWork.Round(value, MidpointRounding.ToEven));
        }
    }
}
