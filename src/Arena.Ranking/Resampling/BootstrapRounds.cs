namespace Arena.Ranking.Resampling;

/// <summary>Runs bootstrap rounds on several threads, leaves out draws that cannot be ranked, and makes standings of the rest.</summary>
internal sealed class BootstrapRounds(FitOptions options, int competitors)
{
    private readonly double[]?[] _replicates = new double[]?[options.Rounds];
    private Diagnosis? _first;

    /// <summary>Fits every round.</summary>
    /// <param name="workspace">Makes what a thread works in.</param>
    /// <param name="fit">Ratings of a round; throws <see cref="RankingException"/> where the draw has none.</param>
    public void Run<T>(Func<T> workspace, Func<int, T, double[]> fit) => Run(workspace, 1, (_, _, _) => { }, fit);

    /// <summary>Fits every round, of which several are drawn at once.</summary>
    /// <param name="workspace">Makes what a thread works in.</param>
    /// <param name="batch">Rounds that are drawn together.</param>
    /// <param name="draw">Draws rounds from the first one up to the second.</param>
    /// <param name="fit">Ratings of a round that was drawn.</param>
    public void Run<T>(Func<T> workspace, int batch, Action<int, int, T> draw, Func<int, T, double[]> fit)
    {
        var faults = new Diagnosis?[options.Rounds];
        Parallel.For(0, (options.Rounds + batch - 1) / batch, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, workspace, (block, _, work) =>
        {
            int from = block * batch, to = Math.Min(options.Rounds, from + batch);
            draw(from, to, work);
            for (int round = from; round < to; round++)
            {
                try
                {
                    _replicates[round] = fit(round, work);
                }
                catch (RankingException e)
                {
                    faults[round] = e.Diagnosis;
                }
            }

            return work;
        }, _ => { });
        _first = Array.Find(faults, f => f is not null);
    }

    public Standings Standings(StandingsMaker maker, double[] ratings, FitDiagnostics diagnostics)
    {
        double[][] done = [.. _replicates.OfType<double[]>()];
        if (2 * done.Length < options.Rounds)
        {
            throw new RankingException(_first!);
        }

        var replicates = new double[done.Length * competitors];
        for (int round = 0; round < done.Length; round++)
        {
            done[round].CopyTo(replicates, round * competitors);
        }

        if (done.Length < options.Rounds)
        {
            diagnostics = diagnostics with
            {
                Notes = [.. diagnostics.Notes, $"{options.Rounds - done.Length} of {options.Rounds} draws could not be ranked and were left out, which makes intervals too narrow: {_first!.Message}"],
            };
        }

        return maker.FromReplicates(ratings, replicates, IntervalKind.Bootstrap, diagnostics);
    }
}
