namespace Arena.Data.Audit;

/// <summary>Who did what to what, when; append-only, and each one carries the hash of the one before.</summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>An account's id, <c>system</c>, or <c>worker:</c> and an id.</summary>
    public required string Actor { get; init; }

    /// <summary>For example <c>suite.imported</c>.</summary>
    public required string Action { get; init; }

    /// <summary>For example <c>suite:digits</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Details, as JSON text.</summary>
    public required string Details { get; init; }

    public required byte[] PreviousHash { get; init; }

    public required byte[] Hash { get; init; }
}
