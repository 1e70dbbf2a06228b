using Arena.Data.Ids;

namespace Arena.Data.Entries;

/// <summary>What competes. Its content lives in versions.</summary>
public sealed class Entry
{
    public EntryId Id { get; init; }

    /// <summary>The name in addresses, unique: lower case, digits and hyphens.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>What its newest version is made of.</summary>
    public EntryKind Kind { get; set; }

    /// <summary>The suite that it came with, when it is a baseline.</summary>
    public SuiteId? BaselineOf { get; init; }

    /// <summary>The account that it belongs to; a baseline belongs to nobody.</summary>
    public Guid? OwnerId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public ICollection<EntryVersion> Versions { get; } = new List<EntryVersion>();
}
