using System.Net;
using Arena.Data.Voting;
using Arena.Tests.Support;

namespace Arena.Tests.Web.Voting;

/// <summary>What the voting page's script sends arrives whole.</summary>
[Collection(PostgresGroup.Name)]
public sealed class BallotFieldsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Ballot_WithEverything_IsStoredAsSent()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();

        using var answer = await voter.CastAsync(new
        {
            token = battle.GetProperty("token").GetString(),
            form = "ranking",
            tiers = new[] { new[] { 2 }, [0, 1] },
            all_bad = true,
            strength = 3,
            acceptable = new[] { 2 },
            reasons = new[] { "sharper" },
            comment = "none is good",
            seconds_spent = 0.0005,
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var context = await arena.Host.OpenAsync();
        var ballot = Assert.Single(context.Ballots);
        Assert.Equal([2, 2, 1], ballot.Ranks);
        Assert.Equal((BallotForm.Ranking, true, (short?)3, (short?)4, "none is good", (float?)0.0005f), (ballot.Form, ballot.AllBad, ballot.Strength, ballot.Acceptable, ballot.Comment, ballot.SecondsSpent));
        Assert.Equal(["sharper"], ballot.Reasons);
    }

    [Fact]
    public async Task Ballot_BestAndWorst_IsStoredAsThat()
    {
        await using var arena = await PictureArena.StartAsync(postgres, 4);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();

        using var answer = await voter.CastAsync(new { token = battle.GetProperty("token").GetString(), form = "best-worst", tiers = new[] { new[] { 3 }, [0, 2], [1] }, seconds_spent = 9 });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var context = await arena.Host.OpenAsync();
        var ballot = Assert.Single(context.Ballots);
        Assert.Equal(BallotForm.BestWorst, ballot.Form);
        Assert.Equal([2, 3, 2, 1], ballot.Ranks);
    }

    [Fact]
    public async Task Ballot_InNoTime_IsPendingAndShownSo()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();

        using var answer = await voter.CastAsync(new { token = battle.GetProperty("token").GetString(), tiers = new[] { new[] { 0 }, [1], [2] }, seconds_spent = 0 });

        var receipt = (await VotingClient.ReadAsync(answer)).GetProperty("receipt");
        Assert.Equal(("pending", "too-fast"), (receipt.GetProperty("state").GetString(), receipt.GetProperty("reason").GetString()));
        using var page = await voter.GetAsync("/receipts/" + receipt.GetProperty("id").GetString());
        Assert.Contains("waiting for a person", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
