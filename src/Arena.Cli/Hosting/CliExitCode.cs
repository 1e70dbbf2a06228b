namespace Arena.Cli.Hosting;

/// <summary>How a command ends.</summary>
internal static class CliExitCode
{
    public const int Done = 0;

    /// <summary>It could not be done: the command line, the token, the server.</summary>
    public const int Failed = 1;

    /// <summary>What was given has mistakes, each listed on standard error.</summary>
    public const int Refused = 2;

    /// <summary>Ctrl+C, as shells count it: 128 + 2.</summary>
    public const int Interrupted = 130;
}
