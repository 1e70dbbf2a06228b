using System.Buffers;

namespace Arena.Inference.Runner;

/// <summary>The outputs of one run, over a pooled buffer: dispose it when they have been read.</summary>
public sealed class RunnerOutputs : IDisposable
{
    private readonly RunnerSignature _signature;
    private readonly TensorDescriptor[] _tensors;
    private byte[]? _payload;

    /// <summary>Takes over the rented <paramref name="payload"/>.</summary>
    internal RunnerOutputs(RunnerSignature signature, byte[] payload, int length)
    {
        _signature = signature;
        _tensors = new TensorDescriptor[signature.Outputs.Length];
        TensorFrame.Read(payload.AsSpan(0, length), _tensors);
        _payload = payload;
    }

    /// <summary>As many as the signature has outputs, in its order.</summary>
    public int Count => _tensors.Length;

    public string Name(int index) => _signature.Outputs[index].Name;

    /// <summary>An output, valid until this is disposed.</summary>
    public OutputTensor this[int index]
    {
        get
        {
            ObjectDisposedException.ThrowIf(_payload is null, this);
            var tensor = _tensors[index];
            return new OutputTensor(tensor.ElementType, tensor.Dimensions, _payload.AsSpan((int)tensor.Offset, (int)tensor.ByteLength));
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _payload, null) is { } payload)
            ArrayPool<byte>.Shared.Return(payload);
    }
}
