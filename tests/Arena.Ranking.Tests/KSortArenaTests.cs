using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;
using Xunit;

namespace Arena.Ranking.Tests;

/// <summary>The K-Sort Arena experiment in small: a hidden order of twenty, slates of four, one in twenty with two places swapped.</summary>
public sealed class KSortArenaTests
{
    private const int Competitors = 20;
    private const int Most = 3000;

    [Fact]
    public void Comparisons_TrueSkillWithUcbSlates_AreAFractionOfEloWithRandomPairs()
    {
        int bayesian = Enumerable.Range(1, 3).Sum(seed => TrueSkillComparisons((ulong)seed));
        int elo = Enumerable.Range(1, 3).Sum(seed => EloComparisons((ulong)seed));

        // the paper: 716 against 11,692, a sixteenth
        Assert.InRange(bayesian, 3 * 4, elo / 8);
    }

    private static int TrueSkillComparisons(ulong seed)
    {
        var ratings = new OnlineRatings(Competitors, new TrueSkillOptions());
        var random = new Xoshiro256(seed, 9);
        int[] pairs = new int[Competitors * Competitors], seen = new int[Competitors], slate = new int[4], ranks = new int[4];
        var state = new MatchState(ratings.Mu, ratings.Sigma, seen, pairs);
        var policy = new UcbMatchmaker();
        for (int comparison = 1; comparison <= Most; comparison++)
        {
            policy.Draw(new MatchRequest(state, seed, (ulong)comparison), slate);
            Judge(slate, ranks, ref random);
            ratings.Update(slate, ranks);
            MatchState.Count(slate, seen, pairs);
            if (Error(ratings.Mu.Span) <= 1)
            {
                return comparison;
            }
        }

        return Most;
    }

    private static int EloComparisons(ulong seed)
    {
        var ratings = new double[Competitors];
        var random = new Xoshiro256(seed, 9);
        int[] slate = new int[2], ranks = new int[2];
        for (int comparison = 1; comparison <= Most; comparison++)
        {
            slate[0] = random.NextBelow(Competitors);
            slate[1] = (slate[0] + 1 + random.NextBelow(Competitors - 1)) % Competitors;
            Judge(slate, ranks, ref random);
            double step = 4 * ((ranks[0] < ranks[1] ? 1 : 0) - 1 / (1 + Math.Pow(10, (ratings[slate[1]] - ratings[slate[0]]) / 400)));
            ratings[slate[0]] += step;
            ratings[slate[1]] -= step;
            if (Error(ratings) <= 1)
            {
                return comparison;
            }
        }

        return Most;
    }

    /// <summary>Smaller numbers are better.</summary>
    private static void Judge(int[] slate, int[] ranks, ref Xoshiro256 random)
    {
        for (int a = 0; a < slate.Length; a++)
        {
            ranks[a] = slate.Count(other => other < slate[a]);
        }

        if (random.NextDouble() < 0.05)
        {
            (ranks[0], ranks[1]) = (ranks[1], ranks[0]);
        }
    }

    private static double Error(ReadOnlySpan<double> ratings)
    {
        double sum = 0;
        for (int i = 0; i < ratings.Length; i++)
        {
            double place = 0;
            for (int j = 0; j < ratings.Length; j++)
            {
                place += j == i ? 0 : ratings[j] > ratings[i] ? 1 : ratings[j] == ratings[i] ? 0.5 : 0;
            }

            sum += (place - i) * (place - i);
        }

        return sum / ratings.Length;
    }
}
