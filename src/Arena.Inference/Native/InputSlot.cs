using System.Buffers;

namespace Arena.Inference.Native;

/// <summary>What an input tensor lies over: remembered so that an unchanged input keeps its native value.</summary>
internal sealed unsafe class InputSlot
{
    private TensorElementType _type;
    private void* _data;
    private long[] _dimensions = [];

    /// <summary>The caller's memory, held in place.</summary>
    public MemoryHandle Pin { get; set; }

    /// <summary>Memory of the binding's own.</summary>
    public AlignedBuffer? Owned { get; set; }

    public bool Is(TensorElementType type, void* data, ReadOnlySpan<long> dimensions) =>
        _type == type && _data == data && dimensions.SequenceEqual(_dimensions);

    public void Remember(TensorElementType type, void* data, ReadOnlySpan<long> dimensions)
    {
        _type = type;
        _data = data;
        if (_dimensions.Length != dimensions.Length)
            _dimensions = new long[dimensions.Length];
        dimensions.CopyTo(_dimensions);
    }

    /// <summary>Lets go of held memory, but not of the binding's own where <paramref name="data"/> still points into it.</summary>
    public void ReleaseMemory(void* data = null)
    {
        Pin.Dispose();
        Pin = default;
        if (Owned is { } owned && (data < owned.Pointer || data >= owned.Pointer + owned.Capacity))
        {
            owned.Dispose();
            Owned = null;
        }
    }
}
