namespace Arena.Data.Runs;

/// <summary>Where a run is.</summary>
public enum RunState
{
    /// <summary>Its jobs wait for a worker.</summary>
    Queued,

    /// <summary>At least one job has been leased.</summary>
    Running,

    /// <summary>Every job is done and scored.</summary>
    Finished,

    /// <summary>It ended without a result; reason and fault say why.</summary>
    Failed,

    /// <summary>Someone who may do so cancelled it.</summary>
    Cancelled,
}
