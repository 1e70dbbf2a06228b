namespace Arena.Inference.Runner;

/// <summary>Why a runner did not do what it was asked: a closed set.</summary>
public abstract record RunnerFailure
{
    private RunnerFailure()
    {
    }

    /// <summary>Whose fault it is.</summary>
    public abstract RunnerFault Fault { get; }

    /// <summary>A sentence for a person.</summary>
    public abstract string Message { get; }

    /// <summary>True where the runner lives on and may be asked again.</summary>
    public virtual bool RunnerSurvives => false;

    /// <summary>The model did not answer within the limit; the runner was killed.</summary>
    public sealed record Timeout(TimeSpan Limit) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Entry;

        public override string Message => $"The model gave no answer within {Limit.TotalSeconds:0.###} s and was stopped.";
    }

    /// <summary>The runner died while it held a model.</summary>
    /// <param name="ExitCode">As the system gives it; null where a signal ended it.</param>
    /// <param name="Signal">The signal's number; null where it exited by itself.</param>
    /// <param name="LastLines">The end of what it wrote to standard error.</param>
    public sealed record Crashed(int? ExitCode, int? Signal, string LastLines) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Entry;

        public override string Message => (Signal is { } signal
            ? $"The runner was ended by signal {signal} while it held the model."
            : $"The runner exited with code {ExitCode} while it held the model.")
            + (LastLines.Length > 0 ? $" Its last lines: {LastLines}" : "");
    }

    /// <summary>The runtime refused the model or failed while running it; the message is the runtime's.</summary>
    public sealed record ModelError(OnnxRuntimeErrorCode Code, string Text) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Entry;

        public override string Message => Text;

        public override bool RunnerSurvives => true;
    }

    /// <summary>Worker and runner do not understand each other; the runner was killed.</summary>
    public sealed record ProtocolError(string Text) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Worker;

        public override string Message => $"The runner broke the protocol: {Text}";
    }

    /// <summary>The runner could not be started, or cannot work on this machine.</summary>
    public sealed record CannotStart(string Text) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Worker;

        public override string Message => Text;
    }

    /// <summary>A cancelled call was not given up within the grace time, so the runner was killed.</summary>
    public sealed record Killed(string Text) : RunnerFailure
    {
        public override RunnerFault Fault => RunnerFault.Worker;

        public override string Message => Text;
    }
}
