namespace Arena.Ranking.Tests.Golden;

/// <summary>Ballots as golden files write them.</summary>
internal static class PairVotes
{
    /// <summary>Rows [a, b, "model_a" | "model_b" | "tie…"] by name.</summary>
    public static Ballots OfBattles(GoldenFile file, out string[] models)
    {
        string[] names = models = file.Input["models"].Texts();
        var builder = new BallotsBuilder(names.Length);
        foreach (GoldenNode battle in file.Input["battles"].Items)
        {
            string[] cells = battle.Texts();
            builder.AddPair(Array.IndexOf(names, cells[0]), Array.IndexOf(names, cells[1]), cells[2] switch
            {
                "model_a" => PairOutcome.FirstWins,
                "model_b" => PairOutcome.SecondWins,
                _ => PairOutcome.Tie,
            });
        }

        return builder.ToBallots();
    }

    /// <summary>Pairs with counts [wins, losses, ties], as weighted ballots.</summary>
    public static Ballots OfCounts(GoldenFile file)
    {
        int[][] pairs = file.Input["pairs"].WholeRows();
        double[][] counts = file.Input["win_loss_tie"].Rows();
        var builder = new BallotsBuilder(file.Input["models"].Texts().Length);
        for (int k = 0; k < pairs.Length; k++)
        {
            Add(PairOutcome.FirstWins, counts[k][0]);
            Add(PairOutcome.SecondWins, counts[k][1]);
            Add(PairOutcome.Tie, counts[k][2]);

            void Add(PairOutcome outcome, double count)
            {
                if (count > 0)
                {
                    builder.AddPair(pairs[k][0], pairs[k][1], outcome, new BallotDetails(count));
                }
            }
        }

        return builder.ToBallots();
    }

    /// <summary>Natural log-strengths, mean 0.</summary>
    public static double[] LogStrengths(Standings standings)
    {
        double[] theta = [.. standings.Competitors.Select(c => (c.Rating - 1000) * Math.Log(10) / 400)];
        double mean = theta.Average();
        return [.. theta.Select(t => t - mean)];
    }
}
