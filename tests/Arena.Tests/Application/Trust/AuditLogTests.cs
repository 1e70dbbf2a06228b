using Arena.Application.Trust;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Trust;

[Collection(PostgresGroup.Name)]
public sealed class AuditLogTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Append_ManyAtOnce_TheChainHolds()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var log = arena.Get<AuditLog>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.AppendAsync("test", "test.done", "thing:" + i, new { i }, default)));
        Assert.Null(await log.FindBreakAsync(default));
        Assert.Equal(Enumerable.Range(1, 20).Reverse().Select(i => (long)i), (await log.NewestAsync(100, default)).Select(audit => audit.Sequence));
    }

    [Theory]
    [InlineData("update audit_events set details = '{\"i\":999}' where sequence = 3", 3)]
    [InlineData("update audit_events set at = at + interval '1 second' where sequence = 5", 5)]
    [InlineData("delete from audit_events where sequence = 4", 4)]
    public async Task FindBreak_SomethingWasChanged_NamesTheFirstThatDoesNotFit(string sql, long expected)
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var log = arena.Get<AuditLog>();
        for (var i = 0; i < 6; i++)
        {
            await log.AppendAsync("test", "test.done", "thing", new { i }, default);
        }

        await arena.ScalarAsync(sql);
        Assert.Equal(expected, await log.FindBreakAsync(default));
    }
}
