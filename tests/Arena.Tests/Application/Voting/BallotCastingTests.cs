using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class BallotCastingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Cast_FirstBallot_IsStoredAndUnblinds()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3);
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);

        var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, OpenArena.InOrder(drawn) with { Strength = 2, Acceptable = [0], Reasons = ["sharper"], Comment = "  crisp " }));

        Assert.False(accepted.Repeated);
        Assert.Equal((Eligibility.Counted, EligibilityReason.Ordinary), (accepted.Receipt.Eligibility, accepted.Receipt.Reason));
        var content = await arena.ContentAsync();
        Assert.Equal(drawn.Battle.Battle.Slots.Select(slot => content.Contestants[slot].Slug), accepted.Reveal.Slots.Select(slot => slot.Entry));
        var winner = accepted.Reveal.Slots.Single(slot => slot.Rank == 1);
        var loser = accepted.Reveal.Slots.Single(slot => slot.Rank == 2);
        Assert.True(winner.After > winner.Before && loser.After < loser.Before);
        await using var context = await arena.Host.OpenAsync();
        var ballot = Assert.Single(context.Ballots);
        Assert.Equal((drawn.Battle.Battle.Id, (short?)2, (short?)1, "crisp"), (ballot.BattleId, ballot.Strength, ballot.Acceptable, ballot.Comment));
        Assert.Equal(["sharper"], ballot.Reasons);
        Assert.Equal(16, ballot.NetworkDigest!.Length);
        var battle = context.Battles.Single(row => row.Id == ballot.BattleId);
        Assert.Equal(drawn.Battle.Battle.Slots, battle.Slots);
        Assert.InRange(battle.Probability, 1e-9, 1);
        Assert.NotEqual(voter.Key, ballot.VoterId);
    }

    [Fact]
    public async Task Cast_SameBallotTwice_IsCountedOnce()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => arena.CastAsync(voter, input)));

        Assert.All(results, result => Assert.IsType<CastResult.Accepted>(result));
        Assert.Equal(7, results.Count(result => result is CastResult.Accepted { Repeated: true }));
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots"));
    }

    [Fact]
    public async Task Cast_AnotherBallotForTheSameBattle_IsRefusedAndChangesNothing()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, input));

        var again = await arena.CastAsync(voter, input with { Tiers = [.. input.Tiers.Reverse()] });

        Assert.Equal(CastRefusal.AlreadyCast, Assert.IsType<CastResult.Refused>(again).Refusal);
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots"));
    }

    [Fact]
    public async Task Cast_ByAnotherVoter_IsRefused()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var input = OpenArena.InOrder(await arena.DrawAsync(OpenArena.NewVoter()));

        var result = await arena.CastAsync(OpenArena.NewVoter(), input);

        Assert.Equal(CastRefusal.NotYours, Assert.IsType<CastResult.Refused>(result).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("AAAA")]
    public async Task Cast_ForgedToken_IsRefused(string token)
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);

        var result = await arena.CastAsync(OpenArena.NewVoter(), new() { Token = token, Tiers = [[0], [1]] });

        Assert.Equal(CastRefusal.BadToken, Assert.IsType<CastResult.Refused>(result).Refusal);
    }

    [Fact]
    public async Task Cast_TamperedToken_IsRefused()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        var letters = input.Token.ToCharArray();
        letters[^8] = letters[^8] == 'A' ? 'B' : 'A';

        var result = await arena.CastAsync(voter, input with { Token = new(letters) });

        Assert.Equal(CastRefusal.BadToken, Assert.IsType<CastResult.Refused>(result).Refusal);
    }

    [Fact]
    public async Task Cast_BattleDrawnTooLongAgo_IsRefused()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, null, "--Arena:Voting:BattleLifetime=00:00:00.001");
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        await Task.Delay(20);

        var result = await arena.CastAsync(voter, input);

        Assert.Equal(CastRefusal.Expired, Assert.IsType<CastResult.Refused>(result).Refusal);
    }

    [Fact]
    public async Task Cast_ArenaClosedMeanwhile_IsRefused()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var input = OpenArena.InOrder(await arena.DrawAsync(voter));
        await arena.Host.Get<ArenaAdministration>().SetStateAsync("test", OpenArena.Slug, ArenaState.Closed, default);

        var result = await arena.CastAsync(voter, input);

        Assert.Equal(CastRefusal.Closed, Assert.IsType<CastResult.Refused>(result).Refusal);
    }

    public static TheoryData<string, BallotInput> Invalid => new()
    {
        { "exactly one tier", new() { Token = "", Tiers = [[0]] } },
        { "exactly one tier", new() { Token = "", Tiers = [[0], [0], [1]] } },
        { "was not shown", new() { Token = "", Tiers = [[0], [2]] } },
        { "tier is empty", new() { Token = "", Tiers = [[0], [], [1]] } },
        { "strength", new() { Token = "", Tiers = [[0], [1]], Strength = 4 } },
        { "reasons", new() { Token = "", Tiers = [[0], [1]], Reasons = ["because"] } },
        { "shorten", new() { Token = "", Tiers = [[0], [1]], Comment = new string('x', 2001) } },
        { "acceptable", new() { Token = "", Tiers = [[0], [1]], Acceptable = [5] } },
        { "skip orders nothing", new() { Token = "", Form = BallotForm.Skip, Tiers = [[0], [1]] } },
        { "form is not known", new() { Token = "", Form = (BallotForm)9, Tiers = [[0], [1]] } },
        { "one slot each", new() { Token = "", Form = BallotForm.BestWorst, Tiers = [[0, 1]] } },
        { "seconds", new() { Token = "", Tiers = [[0], [1]], SecondsSpent = double.NaN } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public async Task Cast_InvalidBallot_SaysWhatIsWrongAndStoresNothing(string says, BallotInput input)
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);

        var refused = Assert.IsType<CastResult.Refused>(await arena.CastAsync(voter, input with { Token = drawn.Token }));

        Assert.Equal(CastRefusal.Invalid, refused.Refusal);
        Assert.Contains(says, refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(0L, await arena.Host.ScalarAsync("select count(*) from ballots"));
    }

    [Fact]
    public async Task Cast_FasterThanAnybodyCanLook_IsPendingAndMovesNothing()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();

        var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, OpenArena.InOrder(await arena.DrawAsync(voter)) with { SecondsSpent = 0 }));

        Assert.Equal((Eligibility.Pending, EligibilityReason.TooFast), (accepted.Receipt.Eligibility, accepted.Receipt.Reason));
        Assert.All(accepted.Reveal.Slots, slot => Assert.Equal(slot.Before, slot.After));
    }

    [Theory]
    [InlineData(100_000.0, BallotSource.Page)]
    [InlineData(null, BallotSource.Page)]
    [InlineData(100_000.0, BallotSource.Api)]
    public async Task Cast_SecondsForgedOrLeftOut_AreAtMostThoseSinceTheDraw(double? said, BallotSource source)
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, OpenArena.Settings with { CountsPrograms = true }, "--Arena:Voting:LeastTimePerOutput=01:00:00");
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);

        var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, OpenArena.InOrder(drawn) with { SecondsSpent = said }, source));

        Assert.Equal(source == BallotSource.Page ? EligibilityReason.TooFast : EligibilityReason.Ordinary, accepted.Receipt.Reason);
        await using var context = await arena.Host.OpenAsync();
        var ballot = Assert.Single(context.Ballots);
        Assert.InRange(ballot.SecondsSpent!.Value, 0, (float)(ballot.CastAt - drawn.Battle.Battle.DrawnAt).TotalSeconds + 0.001f);
    }

    [Fact]
    public async Task Cast_ByAProgramThatSaysNoSeconds_KeepsNone()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        VoterIdentity program = new(Guid.NewGuid(), VoterKind.Program);
        await arena.CastAsync(program, OpenArena.InOrder(await arena.DrawAsync(program)) with { SecondsSpent = null }, BallotSource.Api);

        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots where seconds_spent is null"));
    }

    [Fact]
    public async Task Cast_Skip_IsKeptAndCountsForNothing()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        var drawn = await arena.DrawAsync(voter);

        var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, new() { Token = drawn.Token, Form = BallotForm.Skip }));

        Assert.Equal(EligibilityReason.Skipped, accepted.Receipt.Reason);
        var live = await arena.Host.Get<LiveArenas>().NewestAsync(await arena.ContentAsync(), default);
        Assert.Equal((1L, 0L), (live.State.Skipped, live.State.Counted));
    }

    [Fact]
    public async Task Cast_ByAProgram_IsMarkedAndOffTheBoard()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        VoterIdentity program = new(Guid.NewGuid(), VoterKind.Program);

        var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(program, OpenArena.InOrder(await arena.DrawAsync(program)), BallotSource.Api));

        Assert.Equal((Eligibility.Excluded, EligibilityReason.Program), (accepted.Receipt.Eligibility, accepted.Receipt.Reason));
    }

    [Fact]
    public async Task Cast_TooManyInAMinute_IsToldWhenToTryAgain()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, null, "--Arena:Voting:BallotsPerVoterMinute=3");
        var voter = OpenArena.NewVoter();
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<CastResult.Accepted>(await arena.VoteInOrderAsync(voter));
        }

        var limited = Assert.IsType<CastResult.TooMany>(await arena.VoteInOrderAsync(voter));

        Assert.InRange(limited.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Cast_AThousandAtOnce_AllAreStoredOnceAndInOrder()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 4, OpenArena.Settings with { SlateSize = 4 }, "--Arena:Voting:BallotsPerNetworkMinute=100000", "--Arena:Voting:BurstPerNetworkMinute=100000");

        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => arena.VoteInOrderAsync(OpenArena.NewVoter())));

        Assert.All(results, result => Assert.IsType<CastResult.Accepted>(result));
        Assert.Equal(1000L, await arena.Host.ScalarAsync("select count(distinct sequence) from ballots"));
        var live = await arena.Host.Get<LiveArenas>().NewestAsync(await arena.ContentAsync(), default);
        Assert.Equal(1000L, live.State.Counted);
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).OrderByDescending(contestant => live.State.Ratings[contestant]));
    }
}
