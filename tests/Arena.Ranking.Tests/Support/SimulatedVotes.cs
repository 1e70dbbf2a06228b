namespace Arena.Ranking.Tests.Support;

/// <summary>Votes drawn from Bradley–Terry with known strengths.</summary>
internal static class SimulatedVotes
{
    public static readonly double[] Strengths = [1.2, 0.6, 0.2, -0.3, -0.7, -1.0];

    /// <param name="seed">Seed.</param>
    /// <param name="theta">Log-strengths.</param>
    /// <param name="votes">Number of votes.</param>
    /// <param name="ties">Share of votes that become ties, whoever would have won.</param>
    /// <param name="extra">Added to the first's log-odds, by vote.</param>
    /// <param name="slope">Factor on the log-odds, by vote.</param>
    /// <param name="details">What rides along, by vote.</param>
    public static Ballots Pairs(
        ulong seed,
        double[] theta,
        int votes,
        double ties = 0,
        Func<int, double>? extra = null,
        Func<int, double>? slope = null,
        Func<int, BallotDetails>? details = null)
    {
        var random = new Boards.Sequence(seed);
        var builder = new BallotsBuilder(theta.Length);
        for (int v = 0; v < votes; v++)
        {
            int a = random.Below(theta.Length), b = (a + 1 + random.Below(theta.Length - 1)) % theta.Length;
            double z = (slope?.Invoke(v) ?? 1) * (theta[a] - theta[b]) + (extra?.Invoke(v) ?? 0);
            bool first = random.Share() < 1 / (1 + Math.Exp(-z)), tie = random.Share() < ties;
            builder.AddPair(a, b, tie ? PairOutcome.Tie : first ? PairOutcome.FirstWins : PairOutcome.SecondWins, details?.Invoke(v) ?? new BallotDetails());
        }

        return builder.ToBallots();
    }

    /// <summary>Two competitors: wins of the first, of the second, ties.</summary>
    public static Ballots Two(int wins, int losses, int ties)
    {
        var builder = new BallotsBuilder(2);
        foreach ((PairOutcome outcome, int count) in new[] { (PairOutcome.FirstWins, wins), (PairOutcome.SecondWins, losses), (PairOutcome.Tie, ties) })
        {
            for (int k = 0; k < count; k++)
            {
                builder.AddPair(0, 1, outcome);
            }
        }

        return builder.ToBallots();
    }
}
