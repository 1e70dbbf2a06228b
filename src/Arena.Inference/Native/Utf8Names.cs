using System.Runtime.InteropServices;
using System.Text;

namespace Arena.Inference.Native;

/// <summary>Names as the C API wants them: an array of pointers to zero-terminated UTF-8, made once.</summary>
internal sealed unsafe class Utf8Names : SafeHandle
{
    public Utf8Names(IReadOnlyList<string> names)
        : base(0, ownsHandle: true)
    {
        Count = names.Count;
        int table = names.Count * sizeof(nint);
        int bytes = table + names.Sum(n => Encoding.UTF8.GetByteCount(n) + 1);
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)Math.Max(1, bytes)));
        byte* at = (byte*)handle + table;
        byte* end = (byte*)handle + bytes;
        for (int i = 0; i < names.Count; i++)
        {
            Pointers[i] = at;
            at += Encoding.UTF8.GetBytes(names[i], new Span<byte>(at, (int)(end - at))) + 1;
        }
    }

    public override bool IsInvalid => handle == 0;

    public int Count { get; }

    public byte** Pointers => (byte**)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
