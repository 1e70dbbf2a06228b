using Arena.Inference;
using Xunit;

namespace Arena.Tests.Inference;

public sealed class InferenceSessionTests
{
    [Fact]
    public void Open_Model_DescribesInputsAndOutputs()
    {
        using var session = InferenceSession.Open(TestModels.Path("matmul"));

        Assert.Equal("a: Float32[rows, inner]; b: Float32[inner, 2]", string.Join("; ", session.Inputs));
        Assert.Equal("product: Float32[rows, 2]; zero: Float32[rows, inner]", string.Join("; ", session.Outputs));
        Assert.Equal([-1L, 2], session.Inputs[1].Dimensions.ToArray());
        Assert.Equal(["inner", ""], session.Inputs[1].SymbolicNames.ToArray());
    }

    [Fact]
    public void Open_ScalarInput_HasNoDimensions()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("loop"));

        Assert.Equal(TensorElementType.Bool, session.Inputs[0].ElementType);
        Assert.Empty(session.Inputs[0].Dimensions);
    }

    [Fact]
    public void Run_TwoInputsTwoOutputs_GivesExactProducts()
    {
        using var session = InferenceSession.Open(TestModels.Path("matmul"));
        using var binding = session.CreateBinding();
        binding.SetInput<float>(0, new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        binding.SetInput<float>(1, new float[] { 1, -1, 0, 2, 10, 0.5f }, 3, 2);

        binding.Run();

        Assert.Equal([31f, 4.5f, 64f, 9f], binding.Output(0).AsSpan<float>().ToArray());
        Assert.Equal([2L, 2], binding.Output(0).Dimensions.ToArray());
        Assert.Equal(new float[6], binding.Output(1).AsSpan<float>().ToArray());
    }

    [Fact]
    public void Run_BatchesOfSeveralSizes_FollowTheDynamicAxis()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();

        foreach (int rows in (int[])[1, 5, 2, 0])
        {
            float[] x = [.. Enumerable.Range(0, rows * 3).Select(i => (float)i)];
            binding.SetInput<float>(0, x, rows, 3);
            binding.Run();

            Assert.Equal([rows, 3L], binding.Output(0).Dimensions.ToArray());
            Assert.Equal(x.Select((v, i) => v + (10 * ((i % 3) + 1))), binding.Output(0).AsSpan<float>().ToArray());
        }
    }

    [Fact]
    public void Run_OwnMemoryRefilled_ReadsTheNewNumbersAndAllocatesNothing()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();
        var x = binding.AllocateInput<float>(0, 2, 3);
        float sum = 0;
        for (int i = 0; i < 100; i++)
        {
            x[0] = i;
            binding.Run();
            sum += binding.Output(0).AsSpan<float>()[0];
        }

        Assert.Equal(100 * 10 + 4950, sum);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            binding.Run();
            sum += binding.Output(0).AsSpan<float>()[0];
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Run_LargeWholeNumbers_AreExact()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("int64_add"));
        using var binding = session.CreateBinding();
        binding.SetInput<long>(0, new[] { long.MinValue, (1L << 53) + 1, -1 }, 3);

        binding.Run();

        Assert.Equal([long.MinValue + 1, (1L << 53) + 2, 0], binding.Output(0).AsSpan<long>().ToArray());
    }

    [Fact]
    public void Run_BytesIn_GivesFloatsAndBytes()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("uint8_scale"));
        using var binding = session.CreateBinding();
        binding.SetInput<byte>(0, new byte[] { 0, 1, 254, 255 }, 2, 2);

        binding.Run();

        Assert.Equal([0f, 0.5f, 127f, 127.5f], binding.Output(0).AsSpan<float>().ToArray());
        Assert.Equal([0, 1, 254, 255], binding.Output(1).AsSpan<byte>().ToArray());
    }

    [Fact]
    public void Run_OtherElementTypes_ComeBackAsTheyWent()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("identity_types"));
        using var binding = session.CreateBinding();
        binding.SetInput<sbyte>(0, new sbyte[] { -128, 127 }, 2);
        binding.SetInput<short>(1, new short[] { short.MinValue, 5 }, 2);
        binding.SetInput<ushort>(2, new ushort[] { 65535, 5 }, 2);
        binding.SetInput<int>(3, new[] { int.MinValue, 5 }, 2);
        binding.SetInput<uint>(4, new uint[] { uint.MaxValue, 5 }, 2);
        binding.SetInput<ulong>(5, new ulong[] { ulong.MaxValue, 5 }, 2);
        binding.SetInput<bool>(6, new[] { true, false }, 2);
        binding.SetInput<double>(7, new[] { Math.PI, double.NegativeInfinity }, 2);
        binding.SetInput<Half>(8, new[] { (Half)0.5, Half.MaxValue }, 2);

        binding.Run();

        Assert.Equal([-128, 127], binding.Output(0).AsSpan<sbyte>().ToArray());
        Assert.Equal([short.MinValue, 5], binding.Output(1).AsSpan<short>().ToArray());
        Assert.Equal([65535, 5], binding.Output(2).AsSpan<ushort>().ToArray());
        Assert.Equal([int.MinValue, 5], binding.Output(3).AsSpan<int>().ToArray());
        Assert.Equal([uint.MaxValue, 5], binding.Output(4).AsSpan<uint>().ToArray());
        Assert.Equal([ulong.MaxValue, 5], binding.Output(5).AsSpan<ulong>().ToArray());
        Assert.Equal([true, false], binding.Output(6).AsSpan<bool>().ToArray());
        Assert.Equal([Math.PI, double.NegativeInfinity], binding.Output(7).AsSpan<double>().ToArray());
        Assert.Equal([(Half)0.5, Half.MaxValue], binding.Output(8).AsSpan<Half>().ToArray());
    }

    [Fact]
    public void Run_ShapeThatDependsOnTheData_IsReadBack()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("nonzero"));
        using var binding = session.CreateBinding();
        binding.SetInput<float>(0, new float[] { 1, -1, 0, 2 }, 4);

        binding.Run();

        Assert.Equal([1L, 2], binding.Output(0).Dimensions.ToArray());
        Assert.Equal([0L, 3], binding.Output(0).AsSpan<long>().ToArray());
    }

    [Fact]
    public void Output_AskedForAsAnotherType_Throws()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();
        binding.AllocateInput<float>(0, 1, 3);
        binding.Run();

        var e = Assert.Throws<InvalidOperationException>(() => binding.Output(0).AsSpan<long>().Length);

        Assert.Contains("Float32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_SessionBeforeBinding_TheBindingStillRuns()
    {
        var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();
        binding.AllocateInput<float>(0, 1, 3);
        session.Dispose();

        binding.Run();

        Assert.Equal([10f, 20f, 30f], binding.Output(0).AsSpan<float>().ToArray());
        Assert.Throws<ObjectDisposedException>(() => session.CreateBinding());
    }

    [Fact]
    public async Task Run_SeveralThreadsOnOneSession_EachGetsItsOwnAnswer()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));

        float[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            using var binding = session.CreateBinding();
            var x = binding.AllocateInput<float>(0, 1, 3);
            float sum = 0;
            for (int i = 0; i < 200; i++)
            {
                x[0] = t;
                binding.Run();
                sum += binding.Output(0).AsSpan<float>()[0];
            }

            return sum;
        })));

        Assert.Equal([2000f, 2200f, 2400f, 2600f], answers);
    }
}
