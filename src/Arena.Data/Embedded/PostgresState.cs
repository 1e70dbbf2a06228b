namespace Arena.Data.Embedded;

/// <summary>What the PostgreSQL inside Arena is doing.</summary>
public enum PostgresState
{
    /// <summary>It answers.</summary>
    Running,

    /// <summary>It ended while Arena lived and is being started again.</summary>
    Restarting,

    /// <summary>Arena stopped it.</summary>
    Stopped,
}
