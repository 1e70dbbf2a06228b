using System.Runtime.InteropServices;

namespace Arena.Inference.Native;

/// <summary>
/// The block of value pointers that Run takes, and the owner of those values. It keeps the session alive: values that
/// a session produced are freed before it.
/// </summary>
internal sealed unsafe class OrtValueTable : SafeHandle
{
    private readonly OrtApi _api;
    private readonly OrtHandle _session;
    private readonly int _count;

    public OrtValueTable(OrtApi api, OrtHandle session, int count)
        : base(0, ownsHandle: true)
    {
        _api = api;
        _session = session;
        _count = count;
        bool added = false;
        session.DangerousAddRef(ref added);
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)Math.Max(1, count), (nuint)sizeof(nint)));
    }

    public override bool IsInvalid => handle == 0;

    public nint* Pointers => (nint*)handle;

    public void Release(int index)
    {
        nint value = Pointers[index];
        Pointers[index] = 0;
        _api.Release(OrtSlot.ReleaseValue, value);
    }

    public void ReleaseAll()
    {
        for (int i = 0; i < _count; i++)
            Release(i);
    }

    protected override bool ReleaseHandle()
    {
        ReleaseAll();
        NativeMemory.Free((void*)handle);
        _session.DangerousRelease();
        return true;
    }
}
