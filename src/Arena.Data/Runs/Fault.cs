namespace Arena.Data.Runs;

/// <summary>Whose fault a failure is. Only a worker's fault is tried again.</summary>
public enum Fault
{
    Worker,
    Entry,
    Suite,
}
