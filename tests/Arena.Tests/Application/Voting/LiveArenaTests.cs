using Arena.Application.Leaderboards;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Ranking;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class LiveArenaTests(PostgresFixture postgres)
{
    private static readonly string[] Unlimited = ["--Arena:Voting:BallotsPerVoterMinute=100000", "--Arena:Voting:BallotsPerNetworkMinute=100000", "--Arena:Voting:BurstPerNetworkMinute=100000", "--Arena:Voting:DrawsPerVoterMinute=100000"];

    [Fact]
    public async Task Ratings_AfterEveryBallot_AreWithinATenthOfAPointOfTheRefit()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 5, OpenArena.Settings with { SlateSize = 3 }, Unlimited);
        var voters = Enumerable.Range(0, 6).Select(_ => OpenArena.NewVoter()).ToArray();
        for (var i = 0; i < 60; i++)
        {
            Assert.IsType<CastResult.Accepted>(i % 7 == 0 ? await ReversedAsync(arena, voters[i % 6]) : await arena.VoteInOrderAsync(voters[i % 6]));
        }

        var live = await arena.Host.Get<LiveArenas>().NewestAsync(await arena.ContentAsync(), default);
        var evidence = await live.EvidenceAsync(default);
        var refit = PlackettLuce.Fit(evidence.Ballots!, arena.Host.Get<LiveArenas>().Method);

        Assert.Equal(60, evidence.Ballots!.Count);
        Assert.Equal(6, evidence.Ballots.Voters);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(refit.Competitors[i].Rating, live.State.Ratings[i], 0.1);
        }
    }

    [Fact]
    public async Task Ratings_ReplayedFromTheDatabase_AreTheSame()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 4, OpenArena.Settings with { SlateSize = 4 }, Unlimited);
        var voter = OpenArena.NewVoter();
        for (var i = 0; i < 20; i++)
        {
            await arena.VoteInOrderAsync(voter);
        }

        var content = await arena.ContentAsync();
        var live = (await arena.Host.Get<LiveArenas>().NewestAsync(content, default)).State;
        using var again = arena.Host.Get<LiveArenas>().Replay(content, DateTimeOffset.MaxValue);
        await again.CatchUpAsync(content, long.MaxValue, default);

        Assert.Equal(live.Counted, again.State.Counted);
        Assert.Equal(live.OnlineMean.AsEnumerable(), again.State.OnlineMean);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(live.Ratings[i], again.State.Ratings[i], 1e-4);
        }
    }

    [Fact]
    public async Task Ratings_UntilATime_LeaveLaterBallotsOut()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, null, Unlimited);
        var voter = OpenArena.NewVoter();
        await arena.VoteInOrderAsync(voter);
        var between = TimeProvider.System.GetUtcNow();
        await arena.VoteInOrderAsync(voter);

        var content = await arena.ContentAsync();
        using var then = arena.Host.Get<LiveArenas>().Replay(content, between);
        await then.CatchUpAsync(content, long.MaxValue, default);

        Assert.Equal(1L, then.State.Counted);
    }

    [Fact]
    public async Task Board_AfterVotes_ShowsRefitIntervalsAndBothCounts()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3, null, [.. Unlimited, "--Arena:Voting:RefitEvery=00:00:00.1"]);
        foreach (var voter in Enumerable.Range(0, 10).Select(_ => OpenArena.NewVoter()))
        {
            for (var i = 0; i < 4; i++)
            {
                await arena.VoteInOrderAsync(voter);
            }
        }

        LeaderboardView? board = null;
        Assert.True(await Eventually.IsTrueAsync(async () =>
            (board = await arena.Host.Get<LeaderboardQueries>().FindAsync((await arena.ContentAsync()).Board, null, default))?.Content?.Votes?.Ballots == 40));

        var votes = board!.Content!.Votes!;
        Assert.Equal((10, 3), (votes.Voters, votes.Pairs));
        Assert.InRange(votes.Samples, 2, 8);
        Assert.Equal(OpenArena.Slug, board.Arena);
        var led = board.Content.Methods[0];
        Assert.Equal("plackett-luce", led.Method);
        Assert.Equal(["tiny-b0", "tiny-b1", "tiny-b2"], led.Standings.Select(row => row.Entry));
        Assert.All(led.Standings, row => Assert.True(row.Low < row.Rating && row.Rating < row.High && double.IsFinite(row.Low) && double.IsFinite(row.High)));
        Assert.Equal(80, led.Standings.Sum(row => row.Evidence.Votes!.Ballots));
        Assert.Equal("trueskill", board.Content.Methods[1].Method);
        Assert.Null(board.Live);
    }

    [Fact]
    public async Task Board_OneBallot_HasStandingsOrSaysWhy()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3, null, [.. Unlimited, "--Arena:Voting:RefitEvery=00:00:00.1"]);
        await arena.VoteInOrderAsync(OpenArena.NewVoter());

        LeaderboardView? board = null;
        Assert.True(await Eventually.IsTrueAsync(async () =>
            (board = await arena.Host.Get<LeaderboardQueries>().FindAsync((await arena.ContentAsync()).Board, null, default))?.Content?.Votes?.Ballots == 1));

        var led = board!.Content!.Methods[0];
        Assert.Equal(2, led.Standings.Count);
        Assert.All(led.Standings, row => Assert.Equal((1, 2), (row.RankLow, row.RankHigh)));
    }

    private static async Task<CastResult> ReversedAsync(OpenArena arena, VoterIdentity voter)
    {
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        return await arena.CastAsync(voter, input with { Tiers = [.. input.Tiers.Reverse()] });
    }
}
