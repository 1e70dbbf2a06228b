using Arena.Data.Ids;

namespace Arena.Data.Suites;

/// <summary>What entries are evaluated on; its content lives in versions.</summary>
public sealed class Suite
{
    public SuiteId Id { get; init; }

    /// <summary>The name in addresses and on the command line: lower case, digits and hyphens.</summary>
    public required string Slug { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public ICollection<SuiteVersion> Versions { get; } = new List<SuiteVersion>();
}
