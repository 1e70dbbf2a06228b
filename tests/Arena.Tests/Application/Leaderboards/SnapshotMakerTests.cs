using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Arena.Tests.Application.Leaderboards;

[Collection(PostgresGroup.Name)]
public sealed class SnapshotMakerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Board_AllRunsMeasured_StandsInTheOrderOfTheMeansWithEvidence()
    {
        await using var arena = await EvaluatedAsync(Right, Half, Wrong);
        var board = await BoardAsync(arena, view => view.Content?.Methods[0].Standings.Count == 3 && view.Progress.All(run => run.State == "finished"));
        var mean = board.Content!.Methods[0];
        Assert.Equal("mean", mean.Method);
        Assert.Equal(["tiny-b0", "tiny-b1", "tiny-b2"], mean.Standings.Select(row => row.Entry));
        Assert.Equal([1.0, 0.5, 0.0], mean.Standings.Select(row => row.Rating));
        Assert.All(mean.Standings, row => Assert.Equal(new Evidence(8, 8, 8), row.Evidence));
        Assert.All(mean.Standings, row => Assert.InRange(row.Rating, row.Low, row.High));
        Assert.Equal("bradley-terry", board.Content.Methods[1].Method);
    }

    [Fact]
    public async Task Board_NothingNew_NoNewVersion()
    {
        await using var arena = await EvaluatedAsync(Right, Half);
        var before = await BoardAsync(arena, view => view.Content?.Methods[0].Standings.Count == 2);
        await using var context = await arena.OpenAsync();
        Assert.Null(await arena.Get<SnapshotMaker>().RefreshAsync(await context.Leaderboards.SingleAsync(), default));
        Assert.Equal(before.Version, (await arena.Get<LeaderboardQueries>().FindAsync("tiny", null, default))!.Version);
    }

    [Fact]
    public async Task Board_OlderVersionAskedFor_IsWhatItWasThen()
    {
        await using var arena = await EvaluatedAsync(Right);
        var first = await BoardAsync(arena, view => view.Content is not null);
        using var worker = await TestWorker.StartAsync(arena);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 2, model: "better"), "test", default);
        await FinishAsync(worker, Half, Half);
        var second = await BoardAsync(arena, view => view.SuiteVersion == 2 && view.Content?.Methods[0].Standings.Count == 2);
        var old = await arena.Get<LeaderboardQueries>().FindAsync("tiny", first.Version, default);
        Assert.Equal((1, first.Version, second.Version), (old!.SuiteVersion, old.Version, old.NewestVersion));
        Assert.Equal(1.0, Assert.Single(old.Content!.Methods[0].Standings).Rating);
        Assert.Null(await arena.Get<LeaderboardQueries>().FindAsync("tiny", 999, default));
    }

    [Fact]
    public async Task Retention_ManySnapshots_KeepsTheNewestAndTheLastOfEachDay()
    {
        await using var arena = await EvaluatedAsync(Right);
        var first = await BoardAsync(arena, view => view.Content is not null);
        // an older day with three snapshots, and more of today than are kept
        await arena.ScalarAsync($"""
            insert into leaderboard_snapshots (leaderboard_id, version, suite_version_id, fingerprint, created_at, content)
            select leaderboard_id, {first.Version} + n, suite_version_id, 'old ' || n, created_at - case when n <= 3 then interval '2 days' else interval '0' end, content
            from leaderboard_snapshots, generate_series(1, {SnapshotMaker.KeptSnapshots + 20}) n where version = {first.Version}
            """);
        await using var context = await arena.OpenAsync();
        var made = (await arena.Get<SnapshotMaker>().RefreshAsync(await context.Leaderboards.SingleAsync(), default))!.Value;
        var kept = await context.LeaderboardSnapshots.Select(snapshot => snapshot.Version).OrderBy(version => version).ToListAsync();
        Assert.Equal(first.Version + SnapshotMaker.KeptSnapshots + 21, made);
        Assert.Contains(first.Version + 3, kept); // the last of the older day
        Assert.DoesNotContain(first.Version + 2, kept);
        Assert.Equal(SnapshotMaker.KeptSnapshots, kept.Count(version => version > made - SnapshotMaker.KeptSnapshots));
        Assert.True(kept.Count <= SnapshotMaker.KeptSnapshots + 3, $"{kept.Count} kept");
    }

    private static long Right(int ordinal) => ordinal % 2;

    private static long Wrong(int ordinal) => 1 - (ordinal % 2);

    private static long Half(int ordinal) => 0;

    private async Task<TestArena> EvaluatedAsync(params Func<int, long>[] entries)
    {
        var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(entries.Length), "test", default);
        using var worker = await TestWorker.StartAsync(arena);
        await FinishAsync(worker, entries);
        return arena;
    }

    private static async Task FinishAsync(TestWorker worker, params Func<int, long>[] entries)
    {
        while (await worker.AcquireAsync() is { } run)
        {
            // "tiny-b2 version 1"
            var entry = entries[run.Entry["tiny-b".Length] - '0'];
            foreach (var job in run.Jobs)
            {
                await worker.DoAsync(job, entry);
            }
        }
    }

    private static async Task<LeaderboardView> BoardAsync(TestArena arena, Func<LeaderboardView, bool> condition)
    {
        LeaderboardView? view = null;
        Assert.True(await Eventually.IsTrueAsync(async () => (view = await arena.Get<LeaderboardQueries>().FindAsync("tiny", null, default)) is not null && condition(view)), $"The board stayed {view}");
        return view!;
    }
}
