using Xunit;

namespace Arena.Ranking.Tests;

public sealed class RunningPlackettLuceTests
{
    private static readonly PlackettLuceOptions Options = new() { Ridge = 0.12 };

    [Theory]
    [InlineData(4, 1)]
    [InlineData(4, 37)]
    [InlineData(2, 5)]
    public void Add_StreamOfBallots_StaysWithinATenthOfAPointOfTheFullFit(int slate, int batch)
    {
        const int n = 12, ballots = 6000;
        var random = new Random(5);
        var running = new RunningPlackettLuce(n, Options);
        var all = new BallotsBuilder(n);
        double worst = 0;
        for (int done = 0; done < ballots;)
        {
            var some = new BallotsBuilder(n);
            for (int k = 0; k < batch && done < ballots; k++, done++)
            {
                int[] order = Draw(random, n, slate);
                int[][] tiers = random.Next(5) == 0 ? [[order[0]], order[1..]] : [.. order.Select(i => new[] { i })];
                some.AddTiers(tiers);
                all.AddTiers(tiers);
            }

            running.Add(some.ToBallots());
            if (done % 500 < batch)
            {
                Standings full = PlackettLuce.Fit(all.ToBallots(), Options);
                for (int i = 0; i < n; i++)
                {
                    worst = Math.Max(worst, Math.Abs(full.Competitors[i].Rating - running.Ratings[i]));
                }
            }
        }

        Assert.InRange(worst, 0, 0.1);
        Assert.Equal(ballots, running.Count);
    }

    [Fact]
    public void Converge_AfterSteps_IsTheFullFit()
    {
        const int n = 9;
        var random = new Random(8);
        var running = new RunningPlackettLuce(n, Options);
        var all = new BallotsBuilder(n);
        for (int b = 0; b < 3000; b++)
        {
            int[] order = Draw(random, n, 4);
            var one = new BallotsBuilder(n);
            one.AddRanking(order);
            all.AddRanking(order);
            running.Add(one.ToBallots());
        }

        running.Converge();

        Standings full = PlackettLuce.Fit(all.ToBallots(), Options);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(full.Competitors[i].Rating, running.Ratings[i], 1e-5);
        }
    }

    [Fact]
    public void Add_FirstBallot_MovesTheWinnerUpAndTheLoserDownByAFiniteAmount()
    {
        var running = new RunningPlackettLuce(3, Options);
        var one = new BallotsBuilder(3);
        one.AddRanking(2, 0);

        running.Add(one.ToBallots());

        Assert.InRange(running.Ratings[2], 1000.1, 1600);
        Assert.InRange(running.Ratings[0], 400, 999.9);
        Assert.Equal(1000, running.Ratings[1], 1e-9);
    }

    [Fact]
    public void Influence_BallotTakenIn_IsWhatTheRatingsAreWithItLessThoseWithout()
    {
        const int n = 6;
        var random = new Random(3);
        BallotsBuilder with = new(n), without = new(n);
        for (int b = 0; b < 4000; b++)
        {
            int[] order = Draw(random, n, 3);
            with.AddRanking(order);
            without.AddRanking(order);
        }

        var one = new BallotsBuilder(n);
        one.AddRanking(5, 4, 0);
        with.AddRanking(5, 4, 0);
        var running = new RunningPlackettLuce(n, Options);
        running.Add(with.ToBallots());

        double[] moved = running.Influence(one.ToBallots());

        Standings after = PlackettLuce.Fit(with.ToBallots(), Options), before = PlackettLuce.Fit(without.ToBallots(), Options);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(after.Competitors[i].Rating - before.Competitors[i].Rating, moved[i], 2e-4);
        }

        Assert.True(moved[5] > 0.05);
    }

    [Fact]
    public void New_WithoutARidge_SaysWhy() =>
        Assert.Contains("ridge", Assert.Throws<ArgumentException>(() => new RunningPlackettLuce(3, new PlackettLuceOptions())).Message, StringComparison.Ordinal);

    /// <summary>A Plackett–Luce draw with log-strengths 0, 0.15, 0.3 …</summary>
    private static int[] Draw(Random random, int n, int slate) =>
        [.. Enumerable.Range(0, n)
            .OrderBy(_ => random.Next())
            .Take(slate)
            .OrderByDescending(i => 0.15 * i - Math.Log(-Math.Log(random.NextDouble())))];
}
