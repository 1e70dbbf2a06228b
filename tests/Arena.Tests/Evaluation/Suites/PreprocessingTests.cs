using System.Runtime.InteropServices;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Xunit;

namespace Arena.Tests.Evaluation.Suites;

public sealed class PreprocessingTests
{
    /// <summary>Every length around the vector sizes gives what the plain loop gives.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.0625, 0)]
    [InlineData(0.125, -1)]
    [InlineData(0.1, 0.3)]
    public void Apply_BytesToFloats_IsScaledInFloat32(double scale, double offset)
    {
        for (var length = 0; length < 140; length++)
        {
            var input = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
            var output = Apply(input, TensorElementType.UInt8, Variant(TensorElementType.Float32, scale, offset));

            Assert.Equal(input.Select(b => (float)((float)(b * (float)scale) + (float)offset)), MemoryMarshal.Cast<byte, float>(output).ToArray());
        }
    }

    [Fact]
    public void Apply_FloatsToFloats_IsScaledInFloat32()
    {
        var input = Enumerable.Range(0, 37).Select(i => i / 3f).ToArray();

        var output = Apply(Bytes(input), TensorElementType.Float32, Variant(TensorElementType.Float32, 0.1, 0.3));

        Assert.Equal(input.Select(x => (float)((float)(x * 0.1f) + 0.3f)), MemoryMarshal.Cast<byte, float>(output).ToArray());
    }

    [Fact]
    public void Apply_SameTypeWithoutScale_CopiesTheBits()
    {
        long[] input = [long.MaxValue, long.MinValue, (1L << 53) + 1];

        Assert.Equal(Bytes(input), Apply(Bytes(input), TensorElementType.Int64, Variant(TensorElementType.Int64, 1, 0)));
    }

    [Fact]
    public void Apply_ToBytes_RoundsHalfToEvenAndKeepsToTheRange()
    {
        float[] input = [-5, -0.5f, 0.5f, 1.5f, 2.5f, 254.6f, 300, float.NaN];

        Assert.Equal([0, 0, 0, 2, 2, 255, 255, 0], Apply(Bytes(input), TensorElementType.Float32, Variant(TensorElementType.UInt8, 1, 0)));
    }

    [Fact]
    public void Apply_ToInt64_RoundsHalfToEven()
    {
        var output = Apply([0, 1, 2, 3, 5], TensorElementType.UInt8, Variant(TensorElementType.Int64, 0.5, -1));

        Assert.Equal([-1, 0, 0, 0, 2], MemoryMarshal.Cast<byte, long>(output).ToArray());
    }

    [Fact]
    public void Apply_FromInt64_CountsInFloat64()
    {
        long[] input = [(1L << 40) + 1];

        Assert.Equal([(1L << 40) - 1], MemoryMarshal.Cast<byte, long>(Apply(Bytes(input), TensorElementType.Int64, Variant(TensorElementType.Int64, 1, -2))).ToArray());
        Assert.Equal([1f], MemoryMarshal.Cast<byte, float>(Apply(Bytes(input), TensorElementType.Int64, Variant(TensorElementType.Float32, 1, -(1L << 40)))).ToArray());
        Assert.Equal([3], Apply(Bytes<long>([6]), TensorElementType.Int64, Variant(TensorElementType.UInt8, 0.5, 0)));
    }

    [Fact]
    public void Apply_OtherLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => Preprocessing.Apply(Variant(TensorElementType.Float32, 1, 0), new byte[3], TensorElementType.UInt8, new byte[11]));
        Assert.Throws<ArgumentException>(() => Preprocessing.Apply(Variant(TensorElementType.Float32, 1, 0), new byte[3], TensorElementType.Float32, new byte[3]));
    }

    [Fact]
    public void Apply_ManySamples_AllocatesNothing()
    {
        var (input, output) = (new byte[64 * 900], new byte[64 * 900 * 4]);
        var variant = Variant(TensorElementType.Float32, 0.0625, 0);
        Preprocessing.Apply(variant, input, TensorElementType.UInt8, output);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 20; i++)
        {
            Preprocessing.Apply(variant, input, TensorElementType.UInt8, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Apply(byte[] input, TensorElementType type, PreprocessingVariant variant)
    {
        var output = new byte[input.Length / type.SizeInBytes() * variant.ElementType.SizeInBytes()];
        Preprocessing.Apply(variant, input, type, output);
        return output;
    }

    private static byte[] Bytes<T>(T[] values)
        where T : struct => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static PreprocessingVariant Variant(TensorElementType type, double scale, double offset) => new("v", "", type, [1], scale, offset);
}
