using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Voting;

[Collection(PostgresGroup.Name)]
public sealed class BattleDrawerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Draw_EveryPolicy_GivesDifferentContestantsAndALoggedProbability()
    {
        foreach (var policy in MatchPolicies.Names)
        {
            await using var arena = await OpenArena.StartAsync(postgres, 5, OpenArena.Settings with { SlateSize = 3, Policy = policy });
            var voter = OpenArena.NewVoter();
            for (var i = 0; i < 5; i++)
            {
                var battle = (await arena.DrawAsync(voter)).Battle.Battle;
                Assert.Equal(3, battle.Slots.Distinct().Count());
                Assert.Single(battle.Samples.Distinct());
                Assert.InRange(battle.Probability, 0.1 / 10 - 1e-12, 1);
                Assert.Contains(policy, battle.Policy, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Draw_WithdrawnContestant_IsDrawnNoMore()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3);
        await arena.Host.Get<ArenaAdministration>().SetWithdrawnAsync("test", OpenArena.Slug, 1, withdrawn: true, default);
        var voter = OpenArena.NewVoter();
        for (var i = 0; i < 12; i++)
        {
            Assert.DoesNotContain(1, (await arena.DrawAsync(voter)).Battle.Battle.Slots);
        }
    }

    [Fact]
    public async Task Draw_SameVoterAgain_DoesNotRepeatTheSample()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var voter = OpenArena.NewVoter();
        List<int> samples = [];
        for (var i = 0; i < 12; i++)
        {
            samples.Add((await arena.DrawAsync(voter)).Battle.Battle.Samples[0]);
        }

        // eight samples: the last four are never shown again
        for (var i = 1; i < samples.Count; i++)
        {
            Assert.DoesNotContain(samples[i], samples.Skip(Math.Max(0, i - 4)).Take(Math.Min(i, 4)));
        }
    }

    [Fact]
    public async Task Draw_AcrossSamples_GivesEverySlotItsOwn()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 3, OpenArena.Settings with { SlateSize = 3, CrossSample = true });
        Assert.Equal(3, (await arena.DrawAsync(OpenArena.NewVoter())).Battle.Battle.Samples.Distinct().Count());
    }

    [Fact]
    public async Task Draw_ClosedDraftUnknownOrTooManyTimes_SaysWhy()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, null, "--Arena:Voting:DrawsPerVoterMinute=2");
        var drawer = arena.Host.Get<BattleDrawer>();
        var voter = OpenArena.NewVoter();
        await arena.DrawAsync(voter);
        await arena.DrawAsync(voter);
        Assert.IsType<DrawResult.TooMany>(await drawer.DrawAsync(OpenArena.Slug, voter, default));
        Assert.IsType<DrawResult.NoArena>(await drawer.DrawAsync("no-such-arena", voter, default));
        await arena.Host.Get<ArenaAdministration>().SetStateAsync("test", OpenArena.Slug, ArenaState.Closed, default);
        var closed = Assert.IsType<DrawResult.NotNow>(await drawer.DrawAsync(OpenArena.Slug, OpenArena.NewVoter(), default));
        Assert.Contains("ended", closed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draw_NeverAnswered_IsLogged()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var drawn = await arena.DrawAsync(OpenArena.NewVoter());
        Assert.True(await Eventually.IsTrueAsync(async () => await arena.Host.ScalarAsync($"select count(*) from battles where id = '{drawn.Battle.Battle.Id.Value}'") is 1L));
    }

    [Fact]
    public async Task Gold_AnsweredTheWrongWayRound_MakesLaterBallotsPending()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2, null, "--Arena:Voting:GoldShare=0.5");
        foreach (var sample in new[] { 0, 1, 2, 3 })
        {
            Assert.IsType<ArenaChange.Done>(await arena.Host.Get<ArenaAdministration>().SetGoldAsync("test", OpenArena.Slug, sample, best: 0, worst: 1, default));
        }

        var voter = OpenArena.NewVoter();
        var wrong = 0;
        for (var i = 0; wrong < 3; i++)
        {
            Assert.True(i < 60, "No gold items come.");
            var drawn = await arena.DrawAsync(voter);
            var gold = drawn.Battle.Battle.Branch == BattleBranch.Gold;
            var input = OpenArena.InOrder(drawn);
            var accepted = Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, gold ? input with { Tiers = [.. input.Tiers.Reverse()] } : input));
            Assert.Equal(gold ? EligibilityReason.Gold : EligibilityReason.Ordinary, accepted.Receipt.Reason);
            wrong += gold ? 1 : 0;
        }

        CastResult.Accepted doubted;
        do
        {
            doubted = Assert.IsType<CastResult.Accepted>(await arena.VoteInOrderAsync(voter));
        }
        while (doubted.Receipt.Reason == EligibilityReason.Gold);

        Assert.Equal((Eligibility.Pending, EligibilityReason.MissedGold), (doubted.Receipt.Eligibility, doubted.Receipt.Reason));
    }
}
