using System.Runtime.InteropServices;
using Arena.Inference.Native;

namespace Arena.Inference;

/// <summary>
/// Finds and loads ONNX Runtime's native library, which npm's onnxruntime-node brings. A process loads it once and keeps it.
/// </summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>Environment variable with the path of a library to use instead of the one that npm installed.</summary>
    public const string PathVariable = "ARENA_ONNXRUNTIME";

    private const string PackageFolder = "node_modules/onnxruntime-node/bin/napi-v6";

    private static readonly Lock Gate = new();
    private static OrtApi? s_api;
    private static string? s_path;

    /// <summary>The version of the loaded library, such as "1.30.0". Loads it when it is not loaded yet.</summary>
    /// <exception cref="OnnxRuntimeMissingException">There is no usable library; the message says what to do.</exception>
    public static string Version => Api.Version;

    /// <summary>The loaded API; the first use finds and loads the library.</summary>
    internal static OrtApi Api => Volatile.Read(ref s_api) ?? Load();

    /// <summary>
    /// Loads the library at <paramref name="path"/>, or the one that <see cref="Locate"/> finds, unless it is loaded already.
    /// </summary>
    /// <exception cref="OnnxRuntimeMissingException">There is no usable library; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">Another library was loaded before.</exception>
    public static void EnsureLoaded(string? path = null) => Load(path);

    /// <summary>
    /// The path of the library: <paramref name="path"/> if given, else <see cref="PathVariable"/>, else beside the program,
    /// else in the node_modules folder of the program's folder or of one above it.
    /// </summary>
    /// <exception cref="OnnxRuntimeMissingException">It is nowhere; the message says what to do.</exception>
    public static string Locate(string? path = null) =>
        Locate(path ?? NullIfEmpty(Environment.GetEnvironmentVariable(PathVariable)), AppContext.BaseDirectory, CurrentSystem(), RuntimeInformation.ProcessArchitecture);

    internal static string Locate(string? path, string baseDirectory, OSPlatform system, Architecture architecture)
    {
        if (path is not null)
        {
            return File.Exists(path)
                ? Path.GetFullPath(path)
                : throw new OnnxRuntimeMissingException($"There is no ONNX Runtime library at '{path}'. Correct {PathVariable} (or the option that names it), or unset it and run `npm ci` in the repository's root.");
        }

        (string folder, string file) = NpmNames(system, architecture);
        string beside = Path.Combine(baseDirectory, file);
        if (File.Exists(beside))
            return beside;
        bool packageSeen = false;
        for (string? at = Path.GetFullPath(baseDirectory); at is not null; at = Path.GetDirectoryName(at))
        {
            string natives = Path.Combine(at, PackageFolder);
            packageSeen |= Directory.Exists(natives);
            string candidate = Path.Combine(natives, folder, file);
            if (File.Exists(candidate))
                return candidate;
        }

        if (system == OSPlatform.OSX && architecture == Architecture.X64)
            throw new OnnxRuntimeMissingException($"ONNX Runtime has no build for Macs with an Intel processor in npm. Run the worker on Linux, on Windows or on a Mac with Apple silicon, or set {PathVariable} to a libonnxruntime that you have built.");
        throw new OnnxRuntimeMissingException(packageSeen
            ? $"npm's onnxruntime-node is installed but holds no library for {folder}. Run on another platform, or set {PathVariable} to a library that you have."
            : $"ONNX Runtime's native library ({file}) is not installed. Run `npm ci` in the repository's root, or set {PathVariable} to the path of a library that you have.");
    }

    private static OrtApi Load(string? path = null)
    {
        lock (Gate)
        {
            if (s_api is { } loaded)
            {
                return path is null || string.Equals(Path.GetFullPath(path), s_path, StringComparison.Ordinal)
                    ? loaded
                    : throw new InvalidOperationException($"ONNX Runtime is already loaded from '{s_path}'; a process cannot load a second one from '{path}'.");
            }

            string found = Locate(path);
            var api = OrtApi.Load(found);
            s_path = found;
            Volatile.Write(ref s_api, api);
            return api;
        }
    }

    private static (string Folder, string File) NpmNames(OSPlatform system, Architecture architecture)
    {
        string cpu = architecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => throw new OnnxRuntimeMissingException($"ONNX Runtime has no build for {architecture} processors in npm. Run the worker on x64 or arm64, or set {PathVariable} to a library that you have built."),
        };
        if (system == OSPlatform.Linux)
            return ($"linux/{cpu}", "libonnxruntime.so.1");
        if (system == OSPlatform.OSX)
            return ($"darwin/{cpu}", "libonnxruntime.1.dylib");
        return system == OSPlatform.Windows
            ? ($"win32/{cpu}", "onnxruntime.dll")
            : throw new OnnxRuntimeMissingException($"ONNX Runtime has no build for {system} in npm. Run the worker on Linux, Windows or a Mac with Apple silicon, or set {PathVariable} to a library that you have built.");
    }

    private static OSPlatform CurrentSystem() =>
        OperatingSystem.IsLinux() ? OSPlatform.Linux
        : OperatingSystem.IsMacOS() ? OSPlatform.OSX
        : OperatingSystem.IsWindows() ? OSPlatform.Windows
        : OSPlatform.Create(RuntimeInformation.OSDescription);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
