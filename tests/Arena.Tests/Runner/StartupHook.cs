using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

/// <summary>
/// Runs inside a runner that a test starts with DOTNET_STARTUP_HOOKS: plays a native library that prints to standard output.
/// .NET finds this class by its name, without a namespace.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = ".NET wants it so.")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = ".NET wants it so.")]
[SuppressMessage("Roslynator", "RCS1110:Declare type inside namespace", Justification = ".NET wants it so.")]
internal static class StartupHook
{
    /// <summary>Which descriptor the noise goes to, once the runner has claimed its frames' pipe.</summary>
    public const string NoiseVariable = "ARENA_TEST_NOISE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(NoiseVariable) is { } descriptor)
            new Thread(() => Flood(int.Parse(descriptor, CultureInfo.InvariantCulture))) { IsBackground = true }.Start();
    }

    private static void Flood(int descriptor)
    {
        // the runner points descriptor 1 at descriptor 2; noise before that would be .NET's own
        for (int i = 0; i < 200 && !string.Equals(Target(1), Target(2), StringComparison.Ordinal); i++)
            Thread.Sleep(5);
        byte[] line = Encoding.UTF8.GetBytes("native library says hello\n");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        using var target = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        while (true)
            target.Write(line);
    }

    private static string? Target(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
}
