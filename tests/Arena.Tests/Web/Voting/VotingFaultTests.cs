using System.Net;
using System.Text;
using System.Text.Json;
using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Voting;

/// <summary>What goes wrong between people and a voting page, over HTTP: nothing counts twice, nothing accepted is lost, and each answer says what to do.</summary>
[Collection(PostgresGroup.Name)]
public sealed class VotingFaultTests(PostgresFixture postgres)
{
    [Fact]
    public async Task DoubleClick_BothAnswersAreTheSameReceipt_OneBallotCounts()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();

        var answers = await Task.WhenAll(voter.CastAsync(battle), voter.CastAsync(battle));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var receipts = await Task.WhenAll(answers.Select(VotingClient.ReadAsync));
        Assert.Single(receipts.Select(receipt => receipt.GetProperty("receipt").GetProperty("id").GetGuid()).Distinct());
        Assert.Single(receipts, receipt => receipt.GetProperty("repeated").GetBoolean());
        Assert.Equal(1L, await arena.BallotsAsync());
    }

    [Fact]
    public async Task BackButton_AnotherOrderForTheSameBattle_Is409AndTheFirstStays()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 2);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        using var first = await voter.CastAsync(battle);

        using var second = await voter.CastAsync(new { token = battle.GetProperty("token").GetString(), tiers = new[] { new[] { 1 }, [0] }, seconds_spent = 5 });

        await AssertProblemAsync(second, HttpStatusCode.Conflict, "has a ballot already", "already-cast");
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots where ranks = '{1,2}'"));
    }

    [Fact]
    public async Task TwoTabs_EachBattleTakesItsOwnBallot()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, left) = await voter.LoadAsync();
        var (_, right) = await voter.LoadAsync();

        using var second = await voter.CastAsync(right);
        using var first = await voter.CastAsync(left);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(2L, await arena.BallotsAsync());
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(distinct voter_id) from battles"));
    }

    [Fact]
    public async Task CookieLost_IsToldAndNothingIsStored()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        using var stranger = arena.NewVoter();

        using var without = await stranger.CastAsync(battle);
        await AssertProblemAsync(without, HttpStatusCode.Unauthorized, "Allow cookies for this site, and load the page again", null);
        await stranger.LoadAsync();
        using var another = await stranger.CastAsync(battle);
        await AssertProblemAsync(another, HttpStatusCode.Forbidden, "before your cookie was lost. Draw a new battle", "not-yours");
        using var undrawn = new VotingClient(arena.Host.Address);
        using var draw = await undrawn.DrawAsync();
        await AssertProblemAsync(draw, HttpStatusCode.Unauthorized, "Allow cookies", null);
        Assert.Equal(0L, await arena.BallotsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a token, with spaces & signs")]
    [InlineData("flip")]
    [InlineData("cut")]
    public async Task TokenTampered_Is422WithAWayOn(string token)
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        var real = battle.GetProperty("token").GetString()!;
        token = token switch
        {
            "flip" => real[..40] + (real[40] == 'A' ? 'B' : 'A') + real[41..],
            "cut" => real[..^20],
            _ => token,
        };

        using var answer = await voter.CastAsync(new { token, tiers = new[] { new[] { 0 }, [1], [2] } });
        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "Draw a new battle", "bad-token");
        using var media = await voter.GetAsync($"/battles/{Uri.EscapeDataString(token.Length == 0 ? "x" : token)}/slots/0");
        Assert.Equal(HttpStatusCode.NotFound, media.StatusCode);
        Assert.Equal(0L, await arena.BallotsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"tiers\": \"first\"}")]
    [InlineData("{\"token\": 7}")]
    public async Task NoBallotAtAll_IsRefusedWithASentence(string body)
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        await voter.LoadAsync();

        using var answer = await voter.Http.PostAsync(new Uri("/ballots", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "ballot", null);
    }

    [Fact]
    public async Task BattleExpired_Is410AndAsksForANewOne()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 3, "--Arena:Voting:BattleLifetime=00:00:00.0010000");
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        await Task.Delay(20);

        using var answer = await voter.CastAsync(battle);

        await AssertProblemAsync(answer, HttpStatusCode.Gone, "Draw a new battle", "expired");
    }

    [Fact]
    public async Task EntryRetiredInTheMiddle_TheBallotCountsAndItIsDrawnNoMore()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 4);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        Assert.IsType<ArenaChange.Done>(await arena.Host.Get<ArenaAdministration>().SetWithdrawnAsync("test", PictureArena.Slug, 2, withdrawn: true, default));

        using var media = await voter.GetAsync(battle.GetProperty("slots")[0].GetProperty("output").GetProperty("url").GetString()!);
        using var answer = await voter.CastAsync(battle);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (media.StatusCode, answer.StatusCode));
        Assert.Equal("counted", (await VotingClient.ReadAsync(answer)).GetProperty("receipt").GetProperty("state").GetString());
        var (_, next) = await voter.LoadAsync();
        Assert.Equal(3, next.GetProperty("slots").GetArrayLength());
    }

    [Fact]
    public async Task ArenaClosedInTheMiddle_Is409AndThePageSaysSo()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        Assert.IsType<ArenaChange.Done>(await arena.Host.Get<ArenaAdministration>().SetStateAsync("test", PictureArena.Slug, ArenaState.Closed, default));

        using var answer = await voter.CastAsync(battle);
        await AssertProblemAsync(answer, HttpStatusCode.Conflict, "Your ballot was not counted", "closed");
        using var draw = await voter.DrawAsync();
        await AssertProblemAsync(draw, HttpStatusCode.Conflict, "Voting here has ended", null);
        Assert.Contains("Voting has ended", await voter.Http.GetStringAsync(new Uri("/arenas/" + PictureArena.Slug, UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherSite_CannotVoteWithAVisitorsCookie()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        voter.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await voter.CastAsync(battle);

        await AssertProblemAsync(answer, HttpStatusCode.Forbidden, "this site's own pages", null);
        Assert.Equal(0L, await arena.BallotsAsync());
    }

    [Theory]
    [InlineData("--Arena:Voting:BallotsPerVoterMinute=2")]
    [InlineData("--Arena:Voting:BallotsPerNetworkMinute=2")]
    public async Task TooManyBallots_Is429WithRetryAfter_AndTheBattleStaysOpen(string limit)
    {
        await using var arena = await PictureArena.StartAsync(postgres, 3, limit);
        using var voter = arena.NewVoter();
        for (var i = 0; i < 2; i++)
        {
            using var accepted = await voter.CastAsync((await voter.LoadAsync()).Battle);
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        using var limited = await voter.CastAsync((await voter.LoadAsync()).Battle);

        await AssertLimitedAsync(limited, "Yours is not lost");
        Assert.Equal(2L, await arena.BallotsAsync());
    }

    [Fact]
    public async Task TooManyDraws_Are429WithRetryAfter_OnThePageToo()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 3, "--Arena:Voting:DrawsPerVoterMinute=2");
        using var voter = arena.NewVoter();
        await voter.LoadAsync();
        using var second = await voter.DrawAsync();
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);

        using var third = await voter.DrawAsync();
        await AssertLimitedAsync(third, "very many battles");
        using var page = await voter.GetAsync("/arenas/" + PictureArena.Slug);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.InRange(page.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains("Load the page again in", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AThousandAtOnce_HalfOfThemTwice_EachCountsOnce()
    {
        const int Voters = 1000;
        await using var arena = await PictureArena.StartAsync(postgres, 3, "--Arena:Voting:BallotsPerNetworkMinute=100000", "--Arena:Voting:BurstPerNetworkMinute=100000");
        var voters = Enumerable.Range(0, Voters).Select(_ => arena.NewVoter()).ToArray();
        try
        {
            var battles = new JsonElement[Voters];
            await Parallel.ForAsync(0, Voters, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => battles[i] = (await voters[i].LoadAsync()).Battle);

            var answers = await Task.WhenAll(Enumerable.Range(0, Voters + (Voters / 2)).Select(i => voters[i % Voters].CastAsync(battles[i % Voters])));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            var receipts = await Task.WhenAll(answers.Select(VotingClient.ReadAsync));
            Assert.Equal(Voters, receipts.Select(receipt => receipt.GetProperty("receipt").GetProperty("id").GetGuid()).Distinct().Count());
            Assert.Equal(Voters / 2, receipts.Count(receipt => receipt.GetProperty("repeated").GetBoolean()));
            Assert.All(receipts, receipt => Assert.Equal("counted", receipt.GetProperty("receipt").GetProperty("state").GetString()));
            Assert.Equal((long)Voters, await arena.Host.ScalarAsync("select count(distinct sequence) from ballots"));
            var content = (await arena.Host.Get<ArenaCatalog>().FindAsync(PictureArena.Slug, default))!;
            Assert.Equal(Voters, (await arena.Host.Get<LiveArenas>().NewestAsync(content, default)).State.Counted);
        }
        finally
        {
            foreach (var voter in voters)
            {
                voter.Dispose();
            }
        }
    }

    private static async Task AssertLimitedAsync(HttpResponseMessage answer, string says)
    {
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await AssertProblemAsync(answer, HttpStatusCode.TooManyRequests, says, null);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string says, string? code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await VotingClient.ReadAsync(answer);
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(code, problem.TryGetProperty("code", out var found) ? found.GetString() : null);
    }
}
