namespace Arena.Runner;

/// <summary>Exit codes of the runner, in the spirit of sysexits.h.</summary>
internal static class ExitCode
{
    /// <summary>Asked to quit, or the input ended.</summary>
    public const int Done = 0;

    /// <summary>What came in was not the protocol.</summary>
    public const int BadFrame = 65;

    /// <summary>It cannot work here: no native library, or no model file.</summary>
    public const int Unavailable = 69;

    /// <summary>A mistake of the runner itself.</summary>
    public const int Internal = 70;
}
