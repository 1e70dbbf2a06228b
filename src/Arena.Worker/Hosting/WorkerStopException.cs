namespace Arena.Worker.Hosting;

/// <summary>The worker cannot go on, and trying again would not help.</summary>
/// <param name="exitCode">One of <see cref="WorkerExitCode"/>.</param>
/// <param name="message">A sentence that says what to do.</param>
internal sealed class WorkerStopException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
