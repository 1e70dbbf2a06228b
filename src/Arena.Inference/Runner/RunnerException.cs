namespace Arena.Inference.Runner;

/// <summary>A runner did not do what it was asked; <see cref="Failure"/> says why and whose fault it is.</summary>
public sealed class RunnerException(RunnerFailure failure) : Exception(failure.Message)
{
    public RunnerFailure Failure { get; } = failure;
}
