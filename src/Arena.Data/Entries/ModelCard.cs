namespace Arena.Data.Entries;

/// <summary>What its maker says about an entry version; nothing in it is measured by Arena.</summary>
public sealed record ModelCard
{
    public required string Description { get; init; }

    public string? Licence { get; init; }

    /// <summary>How many numbers were learnt.</summary>
    public long? Parameters { get; init; }

    /// <summary>On what and how it was trained.</summary>
    public string? Training { get; init; }
}
