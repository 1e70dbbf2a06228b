using Arena.Application.Suites;
using Arena.Data.Runs;
using Arena.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Arena.Tests.Application.Suites;

[Collection(PostgresGroup.Name)]
public sealed class SuiteImporterTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Import_FirstTime_MakesVersionEntriesBoardAndRuns()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var imported = await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 3), "test", default);
        Assert.Equal(("tiny", 1, true, TinySuite.Samples, 3), (imported.Slug, imported.Version, imported.Created, imported.Samples, imported.RunsQueued));
        await using var context = await arena.OpenAsync();
        Assert.Equal(["tiny-b0", "tiny-b1", "tiny-b2"], context.Entries.OrderBy(entry => entry.Slug).Select(entry => entry.Slug));
        Assert.Equal("tiny", Assert.Single(context.Leaderboards).Slug);
        Assert.Equal(TinySuite.Samples, await context.Samples.CountAsync());
        Assert.All(context.Runs, run => Assert.Equal(RunState.Queued, run.State));
        Assert.Equal("suite.imported", Assert.Single(context.AuditEvents).Action);
    }

    [Fact]
    public async Task Import_SameContentAgain_ChangesNothing()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default);
        var again = await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default);
        Assert.Equal((1, false, 0), (again.Version, again.Created, again.RunsQueued));
        await using var context = await arena.OpenAsync();
        Assert.Single(context.SuiteVersions);
        Assert.Equal(2, await context.Runs.CountAsync());
        Assert.Single(context.AuditEvents);
    }

    [Fact]
    public async Task Import_ChangedText_MakesVersion2AndRunsTheSameModelsAgain()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default);
        var changed = await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(title: "Tiny, mended"), "test", default);
        Assert.Equal((2, true, 2), (changed.Version, changed.Created, changed.RunsQueued));
        await using var context = await arena.OpenAsync();
        Assert.Equal(2, await context.EntryVersions.CountAsync()); // the models did not change
        Assert.Equal(4, await context.Runs.CountAsync());
        Assert.Equal("Tiny, mended", Assert.Single(context.Leaderboards).Title);
    }

    [Fact]
    public async Task Import_ChangedModel_MakesANewEntryVersion()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(model: "another"), "test", default);
        await using var context = await arena.OpenAsync();
        Assert.Equal([1, 1, 2, 2], context.EntryVersions.OrderBy(version => version.Number).Select(version => version.Number));
    }

    [Fact]
    public async Task Import_BaselineNoLongerListed_IsRetiredNotErased()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 2), "test", default);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 1), "test", default);
        await using var context = await arena.OpenAsync();
        var retired = Assert.Single(context.EntryVersions.Include(version => version.Entry).Where(version => version.RetiredAt != null));
        Assert.Equal("tiny-b1", retired.Entry!.Slug);
        Assert.Equal(1, await context.Runs.CountAsync(run => run.SuiteVersion!.Number == 2));
    }

    [Fact]
    public async Task Import_TwiceAtOnce_OneVersionComesOfIt()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        var importer = arena.Get<SuiteImporter>();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => importer.ImportAsync(TinySuite.Make(), "test", default)));
        Assert.Single(results, result => result.Created);
        Assert.All(results, result => Assert.Equal(1, result.Version));
    }

    [Fact]
    public async Task Import_DatabaseRefusesInTheMiddle_NothingOfItStays()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.ScalarAsync("alter table jobs add constraint refuse check (false)");
        await Assert.ThrowsAnyAsync<Npgsql.PostgresException>(() => arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(), "test", default));
        await using var context = await arena.OpenAsync();
        Assert.Empty(context.Suites);
        Assert.Empty(context.Samples);
        Assert.Empty(context.Entries);
        Assert.Empty(context.AuditEvents);
    }
}
