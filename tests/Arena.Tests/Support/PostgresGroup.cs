namespace Arena.Tests.Support;

/// <summary>Tests that share one server; they run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresGroup : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
