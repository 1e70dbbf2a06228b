using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests;

/// <summary>Ballots made up for tests: slates of random size and order, drawn from Plackett–Luce where strengths are given.</summary>
internal static class Slates
{
    /// <param name="seed">Everything comes from it.</param>
    /// <param name="competitors">n.</param>
    /// <param name="ballots">How many.</param>
    /// <param name="largest">Slates have 2 to so many members.</param>
    /// <param name="ties">Whether a fifth of neighbours tie.</param>
    /// <param name="strengths">Log-strengths; null draws every order alike.</param>
    public static Ballots Random(ulong seed, int competitors, int ballots, int largest, bool ties = false, double[]? strengths = null)
    {
        var random = new Xoshiro256(seed, 0);
        var builder = new BallotsBuilder(competitors, ballots);
        for (int b = 0; b < ballots; b++)
        {
            int size = 2 + random.NextBelow(largest - 1);
            var keys = new double[competitors];
            var luck = new double[competitors];
            for (int i = 0; i < competitors; i++)
            {
                (keys[i], luck[i]) = (random.NextDouble(), -Math.Log(random.NextExponential()));
            }

            int[] shown = [.. Enumerable.Range(0, competitors).OrderBy(i => keys[i]).Take(size)];
            int[] order = [.. shown.OrderByDescending(i => luck[i] + (strengths?[i] ?? 0))];
            var ranks = new int[size];
            for (int k = 1; k < size; k++)
            {
                ranks[k] = ranks[k - 1] + (ties && random.NextBelow(5) == 0 ? 0 : 1);
            }

            builder.AddRanks(order, ranks, new BallotDetails());
        }

        return builder.ToBallots();
    }
}
