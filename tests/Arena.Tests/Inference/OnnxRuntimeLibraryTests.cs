using System.Runtime.InteropServices;
using Arena.Inference;
using Xunit;

namespace Arena.Tests.Inference;

public sealed class OnnxRuntimeLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("arena-library-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Locate_InstalledPackage_FindsTheLibrary()
    {
        string path = OnnxRuntimeLibrary.Locate(null, AppContext.BaseDirectory, OSPlatform.Linux, Architecture.X64);

        Assert.EndsWith(Path.Combine("linux", "x64", "libonnxruntime.so.1"), path, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_Loaded_IsThePinnedOne() => Assert.Equal("1.30.0", OnnxRuntimeLibrary.Version);

    [Fact]
    public void Locate_NothingInstalled_SaysNpmCi()
    {
        var e = Assert.Throws<OnnxRuntimeMissingException>(() => OnnxRuntimeLibrary.Locate(null, _folder, OSPlatform.Linux, Architecture.X64));

        Assert.Contains("`npm ci`", e.Message, StringComparison.Ordinal);
        Assert.Contains("libonnxruntime.so.1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_IntelMac_SaysThatThereIsNoBuild()
    {
        var e = Assert.Throws<OnnxRuntimeMissingException>(() => OnnxRuntimeLibrary.Locate(null, AppContext.BaseDirectory, OSPlatform.OSX, Architecture.X64));

        Assert.Contains("Intel", e.Message, StringComparison.Ordinal);
        Assert.Contains("ARENA_ONNXRUNTIME", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_UnknownProcessor_SaysWhichWork()
    {
        var e = Assert.Throws<OnnxRuntimeMissingException>(() => OnnxRuntimeLibrary.Locate(null, _folder, OSPlatform.Linux, Architecture.S390x));

        Assert.Contains("x64 or arm64", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_PathThatIsNotThere_NamesThePathAndTheVariable()
    {
        string path = Path.Combine(_folder, "nowhere.so");

        var e = Assert.Throws<OnnxRuntimeMissingException>(() => OnnxRuntimeLibrary.Locate(path, _folder, OSPlatform.Linux, Architecture.X64));

        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Contains("ARENA_ONNXRUNTIME", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_LibraryBesideTheProgram_IsTakenFirst()
    {
        string beside = Path.Combine(_folder, "libonnxruntime.so.1");
        File.WriteAllText(beside, "");

        Assert.Equal(beside, OnnxRuntimeLibrary.Locate(null, _folder, OSPlatform.Linux, Architecture.Arm64));
    }

    [Fact]
    public void Load_FileThatIsNoLibrary_SaysNpmCi()
    {
        string path = Path.Combine(_folder, "libonnxruntime.so.1");
        File.WriteAllText(path, "not a library");

        var e = Assert.Throws<OnnxRuntimeMissingException>(() => Arena.Inference.Native.OrtApi.Load(path));

        Assert.Contains("`npm ci`", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LibraryThatIsNotOnnxRuntime_SaysSo()
    {
        var e = Assert.Throws<OnnxRuntimeMissingException>(() => Arena.Inference.Native.OrtApi.Load("libc.so.6"));

        Assert.Contains("not ONNX Runtime", e.Message, StringComparison.Ordinal);
    }
}
