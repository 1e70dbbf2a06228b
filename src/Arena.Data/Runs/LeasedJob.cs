using Arena.Data.Ids;

namespace Arena.Data.Runs;

/// <summary>A job that a worker holds.</summary>
public sealed record LeasedJob(long Id, RunId RunId, int Attempt, Guid Token, int FirstOrdinal, int Count);

/// <summary>What became of a lease.</summary>
public enum LeaseStatus
{
    Held,
    Cancelled,
    Lost,
}
