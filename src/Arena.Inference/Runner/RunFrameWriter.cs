namespace Arena.Inference.Runner;

/// <summary>Writes Run frames, reusing one buffer. One caller at a time.</summary>
internal sealed class RunFrameWriter(RunnerChild child)
{
    private byte[] _frame = new byte[4096];

    /// <summary>What all inputs of a run may take together: a frame less ample room for descriptors and padding.</summary>
    public static long MaxInputBytes(int inputs) => FrameHeader.MaxLength - 64 - (inputs * (TensorFrame.DescriptorLength(TensorShape.MaxRank) + 64L));

    /// <summary>Writes the frame of inputs that fit one (<see cref="MaxInputBytes"/>); blocks while the pipe is full.</summary>
    public void Write(uint request, ReadOnlySpan<RunnerInput> inputs)
    {
        int descriptors = 0;
        foreach (var input in inputs)
            descriptors += TensorFrame.DescriptorLength(input.Dimensions.Length);
        long start = TensorFrame.DataStart(descriptors);
        long length = start;
        foreach (var input in inputs)
            length = TensorFrame.Align(length) + input.Bytes.Length;

        // small batches go out in one write, so that the runner wakes once
        bool together = length <= RunnerProcess.SmallBytes;
        int head = FrameHeader.Size + (int)(together ? length : start);
        if (_frame.Length < head)
            _frame = new byte[head];
        var frame = _frame.AsSpan(0, head);
        new FrameHeader(FrameType.Run, request, length).Write(frame);
        var payload = frame[FrameHeader.Size..];
        TensorFrame.WriteCount(payload, inputs.Length);
        int position = 0;
        long offset = start;
        foreach (var input in inputs)
        {
            offset = TensorFrame.Align(offset);
            position = TensorFrame.WriteDescriptor(payload, position, input.ElementType, offset, input.Bytes.Length, input.Dimensions);
            if (together)
                input.Bytes.Span.CopyTo(payload[(int)offset..]);
            offset += input.Bytes.Length;
        }

        child.Write(frame);
        if (!together)
            WriteData(inputs, start);
    }

    private void WriteData(ReadOnlySpan<RunnerInput> inputs, long offset)
    {
        ReadOnlySpan<byte> padding = stackalloc byte[64];
        foreach (var input in inputs)
        {
            long aligned = TensorFrame.Align(offset);
            if (aligned > offset)
                child.Write(padding[..(int)(aligned - offset)]);
            child.Write(input.Bytes.Span);
            offset = aligned + input.Bytes.Length;
        }
    }
}
