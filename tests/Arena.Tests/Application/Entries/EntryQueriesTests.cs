using Arena.Application.Entries;
using Arena.Application.Suites;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Entries;

[Collection(PostgresGroup.Name)]
public sealed class EntryQueriesTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Find_MeasuredEntry_IsBrokenDownByClassAndGroupWithWhatWasAnswered()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 1), "test", default);
        using var worker = await TestWorker.StartAsync(arena);
        await worker.DoAsync((await worker.AcquireAsync())!.Jobs[0], ordinal => ordinal == 1 ? 1 : 0); // "zero" for all but one sample

        var entry = await arena.Get<EntryQueries>().FindAsync("tiny-b0", default);
        var result = Assert.Single(entry!.Results);
        Assert.Equal(("finished", 8, 8), (result.Run.State, result.Run.Measured, result.Run.Total));
        Assert.Equal([("zero", 4, 1.0), ("one", 4, 0.25)], result.Classes.Select(row => (row.Name, row.Samples, row.Mean)));
        Assert.Equal([("g0", 4, 0.75), ("g1", 4, 0.5)], result.Groups.Select(row => (row.Name, row.Samples, row.Mean)));
        Assert.All(result.Classes, row => Assert.InRange(row.Mean, row.Low, row.High));
        Assert.Equal([4, 0], result.Confusion![0]);
        Assert.Equal([3, 1], result.Confusion[1]);
        Assert.Contains("test", result.Hardware, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_EntryThatWaits_HasNoNumbersYet()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(TinySuite.Make(baselines: 1), "test", default);
        var result = Assert.Single((await arena.Get<EntryQueries>().FindAsync("tiny-b0", default))!.Results);
        Assert.Equal(("queued", 0), (result.Run.State, result.Run.Measured));
        Assert.Empty(result.Classes);
        Assert.Null(result.Confusion);
        Assert.Null(result.Standing);
    }

    [Fact]
    public async Task Find_NoSuchEntry_IsNull()
    {
        await using var arena = await TestArena.StartAsync(postgres);
        Assert.Null(await arena.Get<EntryQueries>().FindAsync("nobody", default));
    }
}
