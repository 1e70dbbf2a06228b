using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Suites;

namespace Arena.Data.Runs;

/// <summary>One entry version on one suite version on one class of hardware.</summary>
public sealed class Run
{
    public RunId Id { get; init; }

    public EntryVersionId EntryVersionId { get; init; }

    public EntryVersion? EntryVersion { get; init; }

    public SuiteVersionId SuiteVersionId { get; init; }

    public SuiteVersion? SuiteVersion { get; init; }

    public required string HardwareClass { get; init; }

    public RunState State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it failed, for the person who submitted it.</summary>
    public string? FailureReason { get; set; }

    public Fault? FailureFault { get; set; }
}
