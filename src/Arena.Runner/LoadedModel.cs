using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Arena.Inference;
using Arena.Inference.Native;
using Arena.Inference.Runner;

namespace Arena.Runner;

/// <summary>The model and everything that its runs reuse.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It ends with the process.")]
internal sealed unsafe class LoadedModel
{
    private readonly RunBinding _binding;
    private readonly TensorDescriptor[] _inputs;
    private readonly AlignedBuffer _frame = new(64 << 10);
    private readonly long _maxOutputBytes;

    public LoadedModel(RunnerModel model)
    {
        var session = InferenceSession.Open(model.Path, new InferenceSessionOptions { IntraOpThreads = model.Threads });
        var inputs = Select("input", session.Inputs, model.Inputs);
        var outputs = Select("output", session.Outputs, model.Outputs);
        _binding = session.CreateBinding([.. inputs.Select(i => i.Name)], [.. outputs.Select(o => o.Name)]);
        _inputs = new TensorDescriptor[inputs.Length];
        _maxOutputBytes = model.MaxOutputBytes;
        Signature = new RunnerSignature(inputs, outputs, OnnxRuntimeLibrary.Version);
    }

    public RunnerSignature Signature { get; }

    /// <summary>Computes on the payload's memory where it lies and writes the outputs' frame.</summary>
    public void Run(WorkItem work, FramePipes pipes)
    {
        TensorFrame.Read(work.Bytes, _inputs);
        for (int i = 0; i < _inputs.Length; i++)
        {
            ref var input = ref _inputs[i];
            _binding.SetInput(i, input.ElementType, work.Payload.Pointer + input.Offset, input.ByteLength, input.Dimensions);
        }

        _binding.Run(work.Cancellation.Token);
        WriteOutputs(work.Header.Request, pipes);
    }

    private void WriteOutputs(uint request, FramePipes pipes)
    {
        int count = _binding.OutputNames.Length;
        int descriptors = 0;
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            var output = _binding.Output(i);
            descriptors += TensorFrame.DescriptorLength(output.Dimensions.Length);
            bytes += TensorFrame.Align(output.Bytes.Length);
        }

        long start = TensorFrame.DataStart(descriptors);
        if (bytes > _maxOutputBytes || start + bytes > FrameHeader.MaxLength)
            throw new OnnxRuntimeException(OnnxRuntimeErrorCode.Fail, $"The outputs of one batch take {bytes} bytes; at most {Math.Min(_maxOutputBytes, FrameHeader.MaxLength - start)} are accepted. Make the outputs or the batch smaller.");
        _frame.EnsureCapacity(FrameHeader.Size + start + bytes);
        var payload = new Span<byte>(_frame.Pointer + FrameHeader.Size, (int)(start + bytes));
        TensorFrame.WriteCount(payload, count);
        int position = 0;
        long offset = start;
        long end = start;
        for (int i = 0; i < count; i++)
        {
            var output = _binding.Output(i);
            position = TensorFrame.WriteDescriptor(payload, position, output.ElementType, offset, output.Bytes.Length, output.Dimensions);
            output.Bytes.CopyTo(payload[(int)offset..]);
            end = offset + output.Bytes.Length;
            offset = TensorFrame.Align(end);
        }

        new FrameHeader(FrameType.Outputs, request, end).Write(new Span<byte>(_frame.Pointer, FrameHeader.Size));
        pipes.Write(_frame.Pointer, FrameHeader.Size + end);
    }

    private static ImmutableArray<ValueInfo> Select(string what, ImmutableArray<ValueInfo> declared, IReadOnlyList<string> wanted) => wanted.Count == 0
        ? declared
        : [.. wanted.Select(name => declared.FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.Ordinal))
            ?? throw new OnnxRuntimeException(OnnxRuntimeErrorCode.InvalidArgument, $"The model has no {what} '{name}'. It has: {string.Join(", ", declared.Select(v => v.Name))}. Rename it in the model, or name another."))];
}
