using Arena.Inference;
using Xunit;

namespace Arena.Tests.Inference;

public sealed class InferenceErrorTests
{
    [Fact]
    public void Open_FileThatIsNotThere_IsNoSuchFile()
    {
        var e = Assert.Throws<OnnxRuntimeException>(() => InferenceSession.Open("no-such-model.onnx"));

        Assert.Equal(OnnxRuntimeErrorCode.NoSuchFile, e.Code);
        Assert.Contains("no-such-model.onnx", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Garbage_IsInvalidProtobuf()
    {
        byte[] garbage = [.. Enumerable.Range(0, 500).Select(i => (byte)((i * 37) + 11))];

        var e = Assert.Throws<OnnxRuntimeException>(() => InferenceSession.Open(garbage));

        Assert.Equal(OnnxRuntimeErrorCode.InvalidProtobuf, e.Code);
        Assert.NotEmpty(e.Message);
    }

    [Fact]
    public void Open_EveryTruncation_Throws()
    {
        byte[] model = TestModels.Bytes("add");
        for (int length = 1; length < model.Length; length++)
        {
            var e = Record.Exception(() => InferenceSession.Open(model.AsSpan(0, length)).Dispose());

            Assert.True(e is OnnxRuntimeException, $"{length} of {model.Length} bytes gave {e?.ToString() ?? "a session"}");
        }
    }

    [Fact]
    public void Open_Empty_IsRefused() => Assert.Throws<ArgumentException>(() => InferenceSession.Open(ReadOnlySpan<byte>.Empty));

    [Fact]
    public void Run_WrongInputName_GivesTheRuntimesMessage()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding(inputs: ["pixels"]);
        binding.AllocateInput<float>(0, 1, 3);

        var e = Assert.Throws<OnnxRuntimeException>(() => binding.Run());

        Assert.Equal(OnnxRuntimeErrorCode.InvalidArgument, e.Code);
        Assert.Contains("pixels", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongOutputName_GivesTheRuntimesMessage()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding(outputs: ["scores"]);
        binding.AllocateInput<float>(0, 1, 3);

        var e = Assert.Throws<OnnxRuntimeException>(() => binding.Run());

        Assert.Contains("scores", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongShape_GivesTheRuntimesMessage()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();
        binding.AllocateInput<float>(0, 1, 4);

        var e = Assert.Throws<OnnxRuntimeException>(() => binding.Run());

        Assert.Equal(OnnxRuntimeErrorCode.InvalidArgument, e.Code);
        Assert.Contains("Got: 4 Expected: 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongElementType_GivesTheRuntimesMessageAndTheNextRunWorks()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();
        binding.AllocateInput<double>(0, 1, 3);

        var e = Assert.Throws<OnnxRuntimeException>(() => binding.Run());

        Assert.Contains("tensor(float)", e.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => binding.Output(0).Bytes.Length);
        binding.AllocateInput<float>(0, 1, 3);
        binding.Run();
        Assert.Equal(10f, binding.Output(0).AsSpan<float>()[0]);
    }

    [Fact]
    public void Run_InputNotSet_SaysWhich()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("matmul"));
        using var binding = session.CreateBinding();
        binding.AllocateInput<float>(0, 1, 1);

        var e = Assert.Throws<InvalidOperationException>(() => binding.Run());

        Assert.Contains("'b'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetInput_LengthThatDoesNotFitTheShape_Throws()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("add"));
        using var binding = session.CreateBinding();

        var e = Assert.Throws<ArgumentException>(() => binding.SetInput<float>(0, new float[5], 2, 3));

        Assert.Contains("takes 24 bytes, not 20", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => binding.SetInput<float>(0, new float[5], long.MaxValue, 3));
        Assert.Throws<ArgumentException>(() => binding.SetInput<float>(0, new float[5], -1, 3));
    }

    [Fact]
    public void CreateBinding_SequenceOfMaps_IsRefusedAndTheOtherOutputRuns()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("zipmap"));

        var e = Assert.Throws<NotSupportedException>(() => session.CreateBinding());

        Assert.Equal(ValueKind.Sequence, session.Outputs[1].Kind);
        Assert.Contains("'probabilities' is a sequence", e.Message, StringComparison.Ordinal);
        Assert.Contains("zipmap", e.Message, StringComparison.Ordinal);
        using var binding = session.CreateBinding(outputs: ["label"]);
        binding.SetInput<float>(0, new float[] { 0, 2, 1, 5, 2, 1 }, 2, 3);
        binding.Run();
        Assert.Equal([1L, 0], binding.Output(0).AsSpan<long>().ToArray());
    }

    [Fact]
    public void CreateBinding_Strings_AreRefused()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("strings"));

        var e = Assert.Throws<NotSupportedException>(() => session.CreateBinding());

        Assert.Contains("'y' is a tensor of String", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InfiniteLoopTerminatedByAnotherThread_FailsAndTheNextRunWorks()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("loop"));
        using var binding = session.CreateBinding();
        binding.SetInput<bool>(0, new[] { true });
        binding.SetInput<float>(1, new[] { 1f }, 1);
        var run = Task.Run(() => binding.Run());
        Assert.NotSame(run, await Task.WhenAny(run, Task.Delay(200)));

        binding.Terminate();

        var e = await Assert.ThrowsAsync<OnnxRuntimeException>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("terminate", e.Message, StringComparison.OrdinalIgnoreCase);
        binding.SetInput<bool>(0, new[] { false });
        binding.Run();
        Assert.Equal([1f], binding.Output(0).AsSpan<float>().ToArray());
    }

    [Fact]
    public async Task Run_InfiniteLoopCancelled_ThrowsOperationCanceled()
    {
        using var session = InferenceSession.Open(TestModels.Bytes("loop"));
        using var binding = session.CreateBinding();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        binding.SetInput<bool>(0, new[] { true });
        binding.SetInput<float>(1, new[] { 1f }, 1);

        var e = await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(() => binding.Run(source.Token)).WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(source.Token, e.CancellationToken);
    }
}
