using System.Runtime.InteropServices;

namespace Arena.Inference.Native;

/// <summary>One object of the runtime, released by the function at its slot.</summary>
internal sealed class OrtHandle : SafeHandle
{
    private readonly OrtApi _api;
    private readonly int _releaseSlot;

    public OrtHandle(OrtApi api, nint pointer, int releaseSlot)
        : base(0, ownsHandle: true)
    {
        _api = api;
        _releaseSlot = releaseSlot;
        SetHandle(pointer);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _api.Release(_releaseSlot, handle);
        return true;
    }
}
