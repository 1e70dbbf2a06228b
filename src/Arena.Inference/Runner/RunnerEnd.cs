namespace Arena.Inference.Runner;

/// <summary>How a runner's process ended.</summary>
/// <param name="ExitCode">128 + n where signal n ended it.</param>
/// <param name="ProtocolError">What was wrong with its last frame, if that is why it was killed.</param>
/// <param name="LastLines">The end of its standard error.</param>
internal sealed record RunnerEnd(int ExitCode, string? ProtocolError, string LastLines)
{
    public RunnerFailure ToFailure(bool loadWasSent)
    {
        if (ProtocolError is not null)
            return new RunnerFailure.ProtocolError(ProtocolError);
        var crashed = ExitCode > 128
            ? new RunnerFailure.Crashed(null, ExitCode - 128, LastLines)
            : new RunnerFailure.Crashed(ExitCode, null, LastLines);
        return loadWasSent
            ? crashed
            : new RunnerFailure.CannotStart("The runner ended before it was ready. " + crashed.Message.Replace(" while it held the model", "", StringComparison.Ordinal));
    }
}
