using System.Runtime.InteropServices;

namespace Arena.Inference.Native;

/// <summary>Native memory at an address that vector code likes. It never moves; growing throws its content away.</summary>
internal sealed unsafe class AlignedBuffer : SafeHandle
{
    public const int Alignment = 64;

    public AlignedBuffer(long length = 0)
        : base(0, ownsHandle: true) => EnsureCapacity(length);

    public override bool IsInvalid => handle == 0;

    public long Capacity { get; private set; }

    public byte* Pointer => (byte*)handle;

    /// <summary>Makes room for at least <paramref name="length"/> bytes; what was in it is lost when it grows.</summary>
    /// <exception cref="OutOfMemoryException">The system has no such block.</exception>
    public void EnsureCapacity(long length)
    {
        if (handle != 0 && length <= Capacity)
            return;
        long wanted = Math.Max(length, Alignment);
        void* grown = NativeMemory.AlignedAlloc((nuint)wanted, Alignment);
        if (handle != 0)
            NativeMemory.AlignedFree((void*)handle);
        SetHandle((nint)grown);
        Capacity = wanted;
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
