using Arena.Data.Embedded;

namespace Arena.Tests.Support;

/// <summary>How tests start a PostgreSQL of their own.</summary>
public static class TestPostgres
{
    /// <summary>For servers whose data nobody needs after a crash of the machine.</summary>
    public static IReadOnlyDictionary<string, string> Fast { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
    };

    public static EmbeddedPostgresOptions Options(string dataFolder) => new() { DataFolder = dataFolder, SearchFrom = [RepositoryFolder.Path] };
}
