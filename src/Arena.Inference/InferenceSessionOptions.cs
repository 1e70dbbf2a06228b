namespace Arena.Inference;

/// <summary>How a session is made.</summary>
public sealed record InferenceSessionOptions
{
    /// <summary>Threads that one operator may use; 0 lets the runtime take every core. Default: 1.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Whether idle threads spin for work; faster alone, slower where cores are shared. Default: false.</summary>
    public bool AllowSpinning { get; init; }
}
