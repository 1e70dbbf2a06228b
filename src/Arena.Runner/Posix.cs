using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Arena.Runner;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static unsafe partial class Posix
{
    private const int SetParentDeathSignal = 1;
    private const int SignalKill = 9;
    private const int SetPipeSize = 1031;
    private const int Interrupted = 4;

    /// <summary>
    /// Has the kernel end this process with the thread that started it (Linux; elsewhere the end of standard input does),
    /// and leaves the terminal's session, so that Ctrl-C reaches the worker alone.
    /// </summary>
    public static void DieWithParent()
    {
        if (OperatingSystem.IsLinux() && Prctl(SetParentDeathSignal, SignalKill, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "prctl(PR_SET_PDEATHSIG) failed");
        _ = SetSid(); // fails only where this already leads a session
    }

    /// <summary>A larger pipe spares wake-ups. The system may refuse, and then the pipe stays as it is.</summary>
    public static void WidenPipe(int descriptor)
    {
        if (OperatingSystem.IsLinux())
            _ = Fcntl(descriptor, SetPipeSize, 1 << 20);
    }

    /// <summary>A second descriptor of the same file.</summary>
    public static int Duplicate(int descriptor)
    {
        int copy = Dup(descriptor);
        return copy >= 0 ? copy : throw new Win32Exception(Marshal.GetLastPInvokeError(), "dup failed");
    }

    /// <summary>Makes <paramref name="target"/> another name of <paramref name="source"/>.</summary>
    public static void Redirect(int source, int target)
    {
        if (Dup2(source, target) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "dup2 failed");
    }

    /// <summary>Reads until <paramref name="count"/> bytes are there; fewer only at the end.</summary>
    public static long ReadFully(int descriptor, byte* target, long count)
    {
        long done = 0;
        while (done < count)
        {
            nint read = Read(descriptor, target + done, (nuint)(count - done));
            if (read < 0 && Marshal.GetLastPInvokeError() == Interrupted)
                continue;
            if (read <= 0)
                break;
            done += read;
        }

        return done;
    }

    /// <summary>Writes all of it; false where nobody reads any more.</summary>
    public static bool WriteFully(int descriptor, byte* source, long count)
    {
        while (count > 0)
        {
            nint written = Write(descriptor, source, (nuint)count);
            if (written < 0 && Marshal.GetLastPInvokeError() == Interrupted)
                continue;
            if (written <= 0)
                return false;
            source += written;
            count -= written;
        }

        return true;
    }

    /// <summary>Ends the process at once: no destructors run while another thread is inside the native library.</summary>
    [DoesNotReturn]
    public static void ExitNow(int code)
    {
        Exit(code);
        throw new InvalidOperationException("_exit returned.");
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Dup2(int source, int target);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* target, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* source, nuint count);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
