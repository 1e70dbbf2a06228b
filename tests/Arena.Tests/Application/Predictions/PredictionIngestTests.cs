using System.Text;
using Arena.Application.Entries;
using Arena.Application.Predictions;
using Arena.Application.Suites;
using Arena.Data.Accounts;
using Arena.Data.Entries;
using Arena.Data.Runs;
using Arena.Tests.Evaluation.Suites;
using Arena.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Arena.Tests.Application.Predictions;

/// <summary>Recorded predictions become a finished run as a worker's results do.</summary>
[Collection(PostgresGroup.Name)]
public sealed class PredictionIngestTests(PostgresFixture postgres)
{
    private static readonly byte[] Perfect = SmallSuite.Rows("output", "one two", "the cat", "d c b a", "others");

    [Fact]
    public async Task Submit_FittingPredictions_AreAFinishedRunWithMeasurementsAndOutputs()
    {
        await using var arena = await StartAsync();
        var account = await AddAccountAsync(arena, RoleNames.Submitter);

        var recorded = Assert.IsType<PredictionResult.Recorded>(await SubmitAsync(arena, account, Perfect));

        Assert.Equal(("mine", 1, true), (recorded.Entry, recorded.Version, recorded.Created));
        await using var context = await arena.OpenAsync();
        var run = await context.Runs.Include(run => run.EntryVersion).ThenInclude(version => version!.Entry).SingleAsync(run => run.Id == recorded.Run);
        Assert.Equal((RunState.Finished, "recorded", EntryKind.Predictions, account), (run.State, run.HardwareClass, run.EntryVersion!.Entry!.Kind, run.EntryVersion.Entry.OwnerId));
        var measured = await context.MeasurementChunks.AsNoTracking().SingleAsync(chunk => chunk.RunId == run.Id);
        Assert.Equal(("rouge1", 0, 4), (measured.Metric, measured.FirstOrdinal, measured.Count));
        Assert.Equal([1f, 1f, 1f, 1f], measured.Values);
        Assert.Equal(4, await context.OutputChunks.Where(chunk => context.Jobs.Any(job => job.Id == chunk.JobId && job.RunId == run.Id && job.State == JobState.Done)).SumAsync(chunk => chunk.Count));
        Assert.Equal("predictions.submitted", (await context.AuditEvents.OrderBy(audit => audit.Sequence).LastAsync()).Action);
        var view = (await arena.Get<EntryQueries>().FindAsync("mine", default))!;
        Assert.Equal(("Recorded predictions", "rouge1", 4), (view.Kind, Assert.Single(view.Results).Metric, view.Results[0].Run.Measured));
    }

    [Fact]
    public async Task Submit_TheSameAgain_ChangesNothingAndOtherContentIsANewVersion()
    {
        await using var arena = await StartAsync();
        var account = await AddAccountAsync(arena, RoleNames.Submitter);
        var first = Assert.IsType<PredictionResult.Recorded>(await SubmitAsync(arena, account, Perfect));

        Assert.Equal(first with { Created = false }, await SubmitAsync(arena, account, Perfect));
        var second = Assert.IsType<PredictionResult.Recorded>(await SubmitAsync(arena, account, SmallSuite.Rows("output", "", "", "", "")));

        Assert.Equal((2, true), (second.Version, second.Created));
        await using var context = await arena.OpenAsync();
        Assert.Equal(3, await context.Runs.CountAsync()); // and the suite's own baseline
        Assert.Equal(3, await context.MeasurementChunks.CountAsync());
    }

    [Fact]
    public async Task Submit_TheSameTwiceAtOnce_CountsOnce()
    {
        await using var arena = await StartAsync();
        var account = await AddAccountAsync(arena, RoleNames.Submitter);
        await SubmitAsync(arena, account, SmallSuite.Rows("output", "", "", "", "")); // so that the entry is there

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SubmitAsync(arena, account, Perfect)));

        Assert.Equal(1, results.Count(result => Assert.IsType<PredictionResult.Recorded>(result).Created));
        await using var context = await arena.OpenAsync();
        Assert.Equal(3, await context.Runs.CountAsync());
    }

    [Fact]
    public async Task Submit_WrongLines_AreAllReportedAndNothingIsStored()
    {
        await using var arena = await StartAsync();
        var account = await AddAccountAsync(arena, RoleNames.Submitter);

        var refused = Assert.IsType<PredictionResult.Refused>(await SubmitAsync(arena, account, Encoding.UTF8.GetBytes("x\n{\"sample\": \"e\", \"output\": \"\"}\n"), entry: "Not A Slug"));

        Assert.Collection(
            refused.Problems,
            problem => Assert.StartsWith("The entry's name in addresses", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("predictions.jsonl line 1: this is not a JSON object", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("predictions.jsonl line 2: the suite has no sample \"e\"", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("predictions.jsonl: 4 of 4 samples", problem, StringComparison.Ordinal));
        await using var context = await arena.OpenAsync();
        Assert.Single(context.Entries);
        Assert.Single(context.Runs);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(RoleNames.Submitter, true)]
    public async Task Submit_WithoutARoleOrLocked_IsNotAllowed(string? role, bool locked)
    {
        await using var arena = await StartAsync();
        var account = await AddAccountAsync(arena, role, locked);

        Assert.IsType<PredictionResult.NotAllowed>(await SubmitAsync(arena, account, Perfect));
        Assert.IsType<PredictionResult.NotAllowed>(await SubmitAsync(arena, Guid.NewGuid(), Perfect));

        await using var context = await arena.OpenAsync();
        Assert.Single(context.Entries);
    }

    [Fact]
    public async Task Submit_ToSomebodyElsesEntryOrABaseline_IsNotAllowed()
    {
        await using var arena = await StartAsync();
        await SubmitAsync(arena, await AddAccountAsync(arena, RoleNames.Submitter), Perfect);
        var other = await AddAccountAsync(arena, RoleNames.Administrator);

        Assert.IsType<PredictionResult.NotAllowed>(await SubmitAsync(arena, other, Perfect));
        Assert.IsType<PredictionResult.NotAllowed>(await SubmitAsync(arena, other, Perfect, entry: "small-guess"));
        Assert.Contains("its baselines'", Assert.Single(Assert.IsType<PredictionResult.Refused>(await SubmitAsync(arena, other, Perfect, entry: "small-new")).Problems), StringComparison.Ordinal);
        Assert.IsType<PredictionResult.NotFound>(await SubmitAsync(arena, other, Perfect, suite: "no-such"));
    }

    [Fact]
    public async Task Import_SuiteWithRecordedBaselines_FinishesTheirRunsAtOnce()
    {
        await using var arena = await TestArena.StartAsync(postgres);

        var imported = await arena.Get<SuiteImporter>().ImportAsync(SmallSuite.OfTexts().Load(), "test", default);

        Assert.Equal(0, imported.RunsQueued);
        await using var context = await arena.OpenAsync();
        Assert.Equal(RunState.Finished, Assert.Single(context.Runs).State);
        // "one two", "the dog" for "the cat", the right words in another order, nothing
        Assert.Equal([1f, 0.5f, 1f, 0f], Assert.Single(context.MeasurementChunks.AsNoTracking()).Values);
    }

    [Fact]
    public async Task Import_NewVersionOfTheSuite_TakesPredictionsAlongOrSaysWhyNot()
    {
        await using var arena = await StartAsync();
        await SubmitAsync(arena, await AddAccountAsync(arena, RoleNames.Submitter), Perfect);

        await arena.Get<SuiteImporter>().ImportAsync(SmallSuite.OfTexts().With("suite.yaml", "title: Small", "title: Smaller").Load(), "test", default);
        await arena.Get<SuiteImporter>().ImportAsync(Renamed().Load(), "test", default);

        await using var context = await arena.OpenAsync();
        var runs = await context.Runs.Where(run => run.EntryVersion!.Entry!.Slug == "mine").OrderBy(run => run.SuiteVersion!.Number).ToListAsync();
        Assert.Equal([RunState.Finished, RunState.Finished, RunState.Failed], runs.Select(run => run.State));
        Assert.Equal(Fault.Suite, runs[2].FailureFault);
        Assert.StartsWith("The recorded predictions do not fit this version of the suite: predictions.jsonl line 4: the suite has no sample \"d\"", runs[2].FailureReason, StringComparison.Ordinal);
    }

    /// <summary>The sample d is called e.</summary>
    private static SmallSuite Renamed() => SmallSuite.OfTexts()
        .With("samples.csv", "c\nd\n", "c\ne\n")
        .With("texts.jsonl", "\"d\"", "\"e\"")
        .With("right.jsonl", "\"d\"", "\"e\"")
        .With("baselines/guess.jsonl", "\"d\"", "\"e\"");

    private async Task<TestArena> StartAsync()
    {
        var arena = await TestArena.StartAsync(postgres);
        await arena.Get<SuiteImporter>().ImportAsync(SmallSuite.OfTexts().Load(), "test", default);
        return arena;
    }

    private static Task<PredictionResult> SubmitAsync(TestArena arena, Guid account, byte[] content, string entry = "mine", string suite = "small") =>
        arena.Get<PredictionIngest>().SubmitAsync(account, new(suite, entry, "Mine", "Made by a test.", "CC0-1.0", content), default);

    private static async Task<Guid> AddAccountAsync(TestArena arena, string? role, bool locked = false)
    {
        await using var context = await arena.OpenAsync();
        var user = new ArenaUser { Id = Guid.NewGuid(), UserName = Guid.NewGuid().ToString("N"), LockoutEnd = locked ? DateTimeOffset.MaxValue : null, CreatedAt = arena.Get<TimeProvider>().GetUtcNow() };
        context.Users.Add(user);
        if (role is not null)
        {
            context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = await context.Roles.Where(known => known.Name == role).Select(known => known.Id).SingleAsync() });
        }

        await context.SaveChangesAsync();
        return user.Id;
    }
}
