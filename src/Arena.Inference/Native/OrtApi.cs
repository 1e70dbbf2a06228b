using System.Runtime.InteropServices;

namespace Arena.Inference.Native;

/// <summary>
/// The loaded library: its function table and the objects that live as long as the process (environment, memory description,
/// allocator). Nothing here is ever unloaded, so handles may be released in any order and by the finalizer.
/// </summary>
internal sealed unsafe class OrtApi
{
    /// <summary>The oldest API that has every slot in use; libraries from 1.17 on offer it.</summary>
    private const uint ApiVersion = 17;

    private const int LogError = 3;
    private const int ArenaAllocator = 1;
    private const int MemoryTypeDefault = 0;

    private readonly nint* _table;

    private OrtApi(nint* table, string version)
    {
        _table = table;
        Version = version;
        nint environment, memory, allocator;
        fixed (byte* id = "arena\0"u8)
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)table[OrtSlot.CreateEnv])(LogError, id, &environment));
        Check(((delegate* unmanaged<int, int, nint*, nint>)table[OrtSlot.CreateCpuMemoryInfo])(ArenaAllocator, MemoryTypeDefault, &memory));
        Check(((delegate* unmanaged<nint*, nint>)table[OrtSlot.GetAllocatorWithDefaultOptions])(&allocator));
        Environment = environment;
        CpuMemory = memory;
        Allocator = allocator;
    }

    public string Version { get; }

    public nint Environment { get; }

    public nint CpuMemory { get; }

    public nint Allocator { get; }

    /// <summary>The function at a slot of <see cref="OrtSlot"/>, to be cast to its signature.</summary>
    public nint this[int slot] => _table[slot];

    public static OrtApi Load(string path)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxRuntimeMissingException($"'{path}' could not be loaded as a library: {e.Message} Run `npm ci` in the repository's root to install it again, or set {OnnxRuntimeLibrary.PathVariable} to a library for this system.", e);
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint export))
            throw new OnnxRuntimeMissingException($"'{path}' is not ONNX Runtime: it has no OrtGetApiBase. Set {OnnxRuntimeLibrary.PathVariable} to a libonnxruntime, or unset it.");
        nint* start = ((delegate* unmanaged<nint*>)export)();
        string version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)start[1])()) ?? "";
        nint* table = (nint*)((delegate* unmanaged<uint, nint>)start[0])(ApiVersion);
        return table is not null
            ? new OrtApi(table, version)
            : throw new OnnxRuntimeMissingException($"'{path}' is ONNX Runtime {version}; 1.{ApiVersion} or later is needed. Run `npm ci` in the repository's root, or set {OnnxRuntimeLibrary.PathVariable} to a newer library.");
    }

    /// <summary>Throws what a status says and frees it; no status means success.</summary>
    public void Check(nint status)
    {
        if (status != 0)
            Throw(status);
    }

    public void Release(int slot, nint pointer)
    {
        if (pointer != 0)
            ((delegate* unmanaged<nint, void>)_table[slot])(pointer);
    }

    /// <summary>Copies a string that the runtime allocated, and frees it.</summary>
    public string TakeString(byte* text)
    {
        try
        {
            return Marshal.PtrToStringUTF8((nint)text) ?? "";
        }
        finally
        {
            Check(((delegate* unmanaged<nint, void*, nint>)_table[OrtSlot.AllocatorFree])(Allocator, text));
        }
    }

    private void Throw(nint status)
    {
        var code = (OnnxRuntimeErrorCode)((delegate* unmanaged<nint, int>)_table[OrtSlot.GetErrorCode])(status);
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[OrtSlot.GetErrorMessage])(status)) ?? "";
        Release(OrtSlot.ReleaseStatus, status);
        throw new OnnxRuntimeException(code, message.Trim());
    }
}
