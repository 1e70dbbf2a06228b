using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests;

public sealed class ResponseGraphUcbTests
{
    private static readonly double[][] Means = [[0.2, 0.9, 0.7, 0.1], [0.3, 0.8, 0.9, 0.2]];

    public static TheoryData<ProfileSampling, PayoffBound> Designs
    {
        get
        {
            var designs = new TheoryData<ProfileSampling, PayoffBound>();
            foreach (ProfileSampling sampling in Enum.GetValues<ProfileSampling>())
            {
                designs.Add(sampling, PayoffBound.Hoeffding);
                designs.Add(sampling, PayoffBound.ClopperPearson);
            }

            return designs;
        }
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Run_ClearGame_FindsEveryDirection(ProfileSampling sampling, PayoffBound bound)
    {
        var ucb = new ResponseGraphUcb([2, 2], new ResponseGraphUcbOptions { Sampling = sampling, Bound = bound, Delta = 0.01, Seed = 3 });

        int games = ucb.Run(Bernoulli(3), 20_000);

        Assert.True(ucb.IsResolved);
        Assert.InRange(games, 4, 2000);
        Assert.Equal(4, ucb.Edges);
        Assert.All(ucb.Graph(), edge => Assert.True(edge.ResolvedAfter is not null && Means[edge.Player][edge.Worse] < Means[edge.Player][edge.Better]));
        Assert.Throws<InvalidOperationException>(() => ucb.Next());
        PayoffTables tables = ucb.ToTables();
        Assert.Equal(games, Enumerable.Range(0, 4).Sum(s => tables.Counts(0)[s]));
        Assert.Equal(ucb.Mean(1, 2), tables.Payoffs(1)[2]);
    }

    [Fact]
    public void Next_AtFirst_IsEveryProfileOnce()
    {
        var ucb = new ResponseGraphUcb([2, 3]);
        var seen = new List<int>();
        for (int k = 0; k < 6; k++)
        {
            seen.Add(ucb.Next());
            Assert.Empty(ucb.Record(seen[^1], [k % 2, 0.5]));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
        Assert.Equal(9, ucb.Unresolved);
    }

    [Fact]
    public void Next_CountWeighted_IsTheLeastPlayedUnresolved()
    {
        var ucb = new ResponseGraphUcb([2, 2], new ResponseGraphUcbOptions { Sampling = ProfileSampling.CountWeighted });
        foreach (int profile in (int[])[0, 1, 2, 3, 0, 1, 3])
        {
            ucb.Record(profile, [0.5, 0.5]);
        }

        Assert.Equal(2, ucb.Next());
    }

    [Fact]
    public void Bounds_Relaxed_MoveTogetherByEpsilonEach()
    {
        var plain = new ResponseGraphUcb([1, 2]);
        var relaxed = new ResponseGraphUcb([1, 2], new ResponseGraphUcbOptions { Relaxation = 0.1 });
        plain.Record(0, [0, 1]);
        relaxed.Record(0, [0, 1]);
        Assert.Equal(plain.Bounds(1, 0).Lower + 0.1, relaxed.Bounds(1, 0).Lower, 12);
        Assert.Equal(plain.Bounds(1, 0).Upper - 0.1, relaxed.Bounds(1, 0).Upper, 12);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), plain.Bounds(1, 1));
    }

    [Fact]
    public void Bounds_ForAllPayoffsAndAtAllTimes_AreWider()
    {
        double Width(ResponseGraphUcbOptions options)
        {
            var ucb = new ResponseGraphUcb([2, 2], options);
            for (int k = 0; k < 10; k++)
            {
                ucb.Record(0, [k % 2, 1]);
            }

            return ucb.Bounds(0, 0).Upper - ucb.Bounds(0, 0).Lower;
        }

        double plain = Width(new ResponseGraphUcbOptions());
        double all = Width(new ResponseGraphUcbOptions { DeltaPerPayoff = false });
        Assert.Equal(2 * Math.Sqrt(Math.Log(200) / 20), plain, 12);
        Assert.True(plain < all && all < Width(new ResponseGraphUcbOptions { DeltaPerPayoff = false, TimeDependentDelta = true }));
        Assert.Equal(10 * plain, Width(new ResponseGraphUcbOptions { PayoffRange = (-5, 5) }), 9);
    }

    [Fact]
    public void Record_WrongInput_Throws()
    {
        var ucb = new ResponseGraphUcb([2, 2]);
        Assert.Throws<ArgumentException>(() => ucb.Record(0, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ucb.Record(4, [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ucb.Record(0, [1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ucb.Record(0, [1, 1.5]));
        Assert.IsType<Diagnosis.Unsampled>(Assert.Throws<RankingException>(ucb.ToTables).Diagnosis);
        Assert.Throws<ArgumentException>(() => new ResponseGraphUcb([3]));
        Assert.IsType<Diagnosis.ProfileCount>(Assert.Throws<RankingException>(() => new ResponseGraphUcb([3, 0])).Diagnosis);
    }

    [Fact]
    public void Run_TiesOnly_EndsAtTheLimit()
    {
        var ucb = new ResponseGraphUcb([2, 2], new ResponseGraphUcbOptions { Sampling = ProfileSampling.ValenceWeighted });
        Assert.Equal(300, ucb.Run((_, payoffs) => payoffs.Fill(0.5), 300));
        Assert.Equal(4, ucb.Unresolved);
        Assert.All(ucb.Graph(), edge => Assert.Null(edge.ResolvedAfter));
    }

    private static Action<int, Span<double>> Bernoulli(ulong seed)
    {
        var random = new Xoshiro256(seed, 9);
        return (profile, payoffs) =>
        {
            for (int k = 0; k < payoffs.Length; k++)
            {
                payoffs[k] = random.NextDouble() < Means[k][profile] ? 1 : 0;
            }
        };
    }
}
