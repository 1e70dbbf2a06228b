namespace Arena.Inference.Runner;

/// <summary>Whose fault a failure is.</summary>
public enum RunnerFault
{
    /// <summary>The model's: running it elsewhere ends the same.</summary>
    Entry = 1,

    /// <summary>This machine's or this program's: another worker may do better.</summary>
    Worker = 2,
}
