using Arena.Tests.Support;

namespace Arena.Tests.Data.Embedded;

[Collection(PostgresGroup.Name)]
public sealed class PostgresFixtureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task CreateDatabase_Twice_AreApart()
    {
        await using var one = await postgres.CreateDatabaseAsync();
        await using var two = await postgres.CreateDatabaseAsync();
        await one.ExecuteAsync("create table here(x int)");

        Assert.Equal(1L, await one.ScalarAsync<long>("select count(*) from pg_class where relname = 'here'"));
        Assert.Equal(0L, await two.ScalarAsync<long>("select count(*) from pg_class where relname = 'here'"));
    }

    [Fact]
    public async Task EnsureTemplate_CalledTwice_PreparesOnceAndIsCopied()
    {
        var prepared = 0;
        for (var i = 0; i < 2; i++)
        {
            await postgres.EnsureTemplateAsync("fixture_template", async connectionString =>
            {
                prepared++;
                await using var database = new TestDatabase("fixture_template", connectionString, _ => Task.CompletedTask);
                await database.ExecuteAsync("create table copied as select 7 as x");
            });
        }

        await using var copy = await postgres.CreateDatabaseAsync("fixture_template");

        Assert.Equal(1, prepared);
        Assert.Equal(7, await copy.ScalarAsync<int>("select x from copied"));
    }
}
