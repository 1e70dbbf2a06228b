using Arena.Application.Suites;
using Arena.Application.Trust;
using Arena.Application.Workers;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Workers;

[Collection(PostgresGroup.Name)]
public sealed class WorkerAdministrationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Add_ThenRevoke_TokenWorksUntilThenAndBothAreAudited()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var administration = arena.Get<WorkerAdministration>();
        var token = await administration.AddAsync("me", "gpu-box", default);
        Assert.Equal(("gpu-box", "expected"), Assert.Single((await arena.Get<WorkerQueries>().ListAsync(default)).Select(row => (row.Name, row.State))));
        var worker = await arena.Get<WorkerTokens>().FindAsync(token, default);
        Assert.NotNull(worker);
        Assert.Equal(0L, await arena.ScalarAsync($"select count(*) from workers where encode(token_hash, 'escape') like '%{token}%'")); // only its hash is kept

        await administration.RevokeAsync("me", worker.Value, default);
        Assert.Null(await arena.Get<WorkerTokens>().FindAsync(token, default));
        Assert.Equal(["worker.revoked", "worker.added"], (await arena.Get<AuditLog>().NewestAsync(10, default)).Select(audit => audit.Action));
    }

    [Fact]
    public async Task List_WorkerThatDidAJob_ShowsItsSpeed()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 1), "test", default);
        using var worker = await TestWorker.StartAsync(arena);
        await worker.DoAsync((await worker.AcquireAsync())!.Jobs[0], _ => 0);
        var row = Assert.Single(await arena.Get<WorkerQueries>().ListAsync(default));
        Assert.Equal(("online", TinySuite.Samples / 0.1), (row.State, row.SamplesPerSecond)); // the test's worker says 0.1 s a job
    }
}
