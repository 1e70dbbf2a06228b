namespace Arena.Data.Runs;

/// <summary>Where a job is.</summary>
public enum JobState
{
    Queued,
    Leased,
    Done,
    Failed,
    Cancelled,
}
