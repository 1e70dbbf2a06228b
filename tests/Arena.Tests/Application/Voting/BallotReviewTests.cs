using Arena.Application.Trust;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class BallotReviewTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Decide_PendingBallot_CountsOrNotAndKeepsTheHistory()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var review = arena.Host.Get<BallotReview>();
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);
        await arena.CastAsync(voter, OpenArena.InOrder(drawn) with { SecondsSpent = 0 });
        var pending = Assert.Single(await review.PendingAsync(10, default));
        Assert.Equal((EligibilityReason.TooFast, 1, 1), (pending.Reason, pending.OfVoter, pending.PendingOfVoter));
        var live = await arena.Host.Get<LiveArenas>().NewestAsync(await arena.ContentAsync(), default);
        Assert.Equal((0L, 1L), (live.State.Counted, live.State.Pending));

        Assert.Equal(1, await review.DecideAsync("maintainer", [pending.Id], counts: true, "a quick eye", default));
        Assert.Equal((1L, 0L), (live.State.Counted, live.State.Pending));
        Assert.Empty(await review.PendingAsync(10, default));
        var decided = Assert.Single(await review.DecidedAsync(10, default));
        Assert.Equal((pending.Id, Eligibility.Counted, "a quick eye"), (decided.Id, decided.Eligibility, decided.Note));

        Assert.Equal(1, await review.DecideAsync("maintainer", [pending.Id], counts: false, "on second thoughts", default));
        Assert.Equal((0L, 1L), (live.State.Counted, live.State.Excluded));
        Assert.Equal(0, await review.DecideAsync("maintainer", [pending.Id], counts: false, "again", default));

        decided = Assert.Single(await review.DecidedAsync(10, default));
        Assert.Equal((Eligibility.Excluded, "on second thoughts"), (decided.Eligibility, decided.Note));

        var own = await arena.Host.Get<VoterBallots>().FindAsync(voter, pending.Id, default);
        Assert.Equal((Eligibility.Excluded, EligibilityReason.Reviewed), (own!.Eligibility, own.Reason));
        Assert.Equal(["a quick eye", "on second thoughts"], own.History.Select(change => change.Note));
        Assert.Contains(await arena.Host.Get<AuditLog>().NewestAsync(10, default), entry => entry.Action == "ballots.excluded");
        Assert.Null(await arena.Host.Get<AuditLog>().FindBreakAsync(default));
    }

    [Fact]
    public async Task Decide_SkipOrGold_NeverCounts()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);
        await arena.CastAsync(voter, new() { Token = drawn.Token, Form = BallotForm.Skip });

        Assert.Equal(0, await arena.Host.Get<BallotReview>().DecideAsync("maintainer", [drawn.Battle.Battle.Id], counts: true, "no", default));
    }

    [Fact]
    public async Task Own_ByAnotherVoter_IsNotThere()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var accepted = Assert.IsType<CastResult.Accepted>(await arena.VoteInOrderAsync(voter));
        var ballots = arena.Host.Get<VoterBallots>();

        Assert.Equal(1, await ballots.CountAsync(voter, default));
        Assert.Equal(["Baseline 0", "Baseline 1"], Assert.Single(await ballots.ListAsync(voter, 10, default)).Places.Select(place => place.Name));
        Assert.Null(await ballots.FindAsync(OpenArena.NewVoter(), accepted.Receipt.Id, default));
        Assert.Empty(await ballots.ListAsync(OpenArena.NewVoter(), 10, default));
    }

    [Fact]
    public async Task Forget_Voter_KeepsTheBallotsAndNothingThatLeadsToThem()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        await arena.CastAsync(voter, input with { Comment = "my name is …" });

        Assert.Equal(1L, await arena.Host.Get<VoterForgetting>().ForgetAsync(voter, default));

        Assert.Empty(await arena.Host.Get<VoterBallots>().ListAsync(voter, 10, default));
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots where comment is null and network_digest is null"));
        Assert.Equal(0L, await arena.Host.ScalarAsync($"select count(*) from voters where key = '{voter.Key}'"));
        // the same browser goes on as somebody new
        Assert.IsType<CastResult.Accepted>(await arena.VoteInOrderAsync(voter));
        Assert.Equal(1, await arena.Host.Get<VoterBallots>().CountAsync(voter, default));
        Assert.Equal(2L, await arena.Host.ScalarAsync("select count(distinct voter_id) from ballots"));
    }
}
