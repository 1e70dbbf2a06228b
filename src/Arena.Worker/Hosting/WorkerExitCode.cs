namespace Arena.Worker.Hosting;

/// <summary>How the worker's process ends.</summary>
internal static class WorkerExitCode
{
    /// <summary>Asked to stop, or --once and done.</summary>
    public const int Done = 0;

    /// <summary>A mistake of the worker itself.</summary>
    public const int Internal = 1;

    /// <summary>The command line is wrong, or there is no token.</summary>
    public const int Usage = 2;

    /// <summary>The server does not know the token (401).</summary>
    public const int TokenRefused = 3;

    /// <summary>The server wants a newer worker (426).</summary>
    public const int TooOld = 4;

    /// <summary>This machine lacks something: the native library, a folder to write to.</summary>
    public const int CannotWork = 5;

    /// <summary>What answers at that address does not understand the worker.</summary>
    public const int NotUnderstood = 6;
}
