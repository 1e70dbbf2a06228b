using Arena.Ranking.Resampling;

namespace Arena.Ranking.Voting;

/// <summary>From a voting rule to <see cref="Ranking.Standings"/>: its ratings, and intervals from applying it to drawn clusters.</summary>
internal static class VoteBootstrap
{
    /// <summary>One random stream a round; those of a rule's own draws come after.</summary>
    private const ulong Streams = 0x5F0C1A1;

    /// <summary>Applies the rule to what was drawn: how often each cluster stands, the round's number.</summary>
    public delegate double[] Rule(int[] times, ulong round);

    public static Standings Standings(string method, VoteTable table, VotingOptions options, double[] ratings, FitDiagnostics diagnostics, Rule rule)
    {
        (Evidence board, Evidence[] evidence) = table.Evidence();
        var maker = new StandingsMaker(method, options, board, evidence);
        if (options.Resampling == VoteResampling.None)
        {
            return maker.WithoutIntervals(ratings, diagnostics);
        }

        var rounds = new BootstrapRounds(options, ratings.Length);
        rounds.Run(() => table.Clusters, (round, clusters) =>
        {
            var random = new Xoshiro256(options.Seed ^ Streams, (ulong)round);
            var times = new int[clusters];
            random.Resample(times);
            return rule(times, (ulong)round);
        });
        return rounds.Standings(maker, ratings, diagnostics);
    }

    /// <summary>A rule that reads duels only.</summary>
    public static Standings Standings(string method, VoteTable table, VotingOptions options, double[] ratings, Func<PairwiseVotes, double[]> rule, IReadOnlyList<string>? notes = null) =>
        Standings(method, table, options, ratings, new FitDiagnostics(0, StopReason.ClosedForm, 0, notes ?? []), (times, _) => rule(table.Duels(times)));
}
