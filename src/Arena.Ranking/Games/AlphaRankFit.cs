using System.Globalization;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Games;

/// <summary>One fit of <see cref="AlphaRank"/>.</summary>
internal sealed class AlphaRankFit(ResponseSpace space, AlphaRankOptions options)
{
    public AlphaRankResult Run()
    {
        (double[] mass, FitDiagnostics diagnostics) = Distribution(space, options);
        var graph = new ResponseGraph(space);
        SinkComponent[] sinks =
        [
            .. graph.Sinks()
                .Select(profiles => new SinkComponent(profiles, profiles.Sum(s => mass[s])))
                .OrderByDescending(sink => Math.Round(sink.Mass, 12)).ThenBy(sink => sink.Profiles[0]),
        ];
        if (sinks.Length > 1)
        {
            diagnostics = diagnostics with
            {
                Notes =
                [
                    .. diagnostics.Notes,
                    string.Create(CultureInfo.InvariantCulture, $"Better responses end in {sinks.Length} places; how the weight is shared between them is decided by mutations that do not pay, and moves with the intensity and the noise."),
                ],
            };
        }

        return new AlphaRankResult(space, options)
        {
            Populations = Standings(mass, diagnostics),
            Mass = mass,
            Sinks = sinks,
            Cycles = options.MostCycles == 0 ? [] : CycleFinder.Find(graph, mass, options.MostCycles),
        };
    }

    /// <summary>The stationary distribution alone.</summary>
    public static (double[] Mass, FitDiagnostics Diagnostics) Distribution(ResponseSpace space, AlphaRankOptions options)
    {
        var rates = new TransitionRates(space, options);
        if (space.States <= options.MostEliminated)
        {
            return (rates.Dense(options.MaxDegreeOfParallelism).Solve(options.MaxDegreeOfParallelism), new FitDiagnostics(0, StopReason.ClosedForm, double.PositiveInfinity, []));
        }

        var chain = new SparseChain(space, rates, options.MaxDegreeOfParallelism);
        (double[] mass, int iterations, double residual) = chain.Solve(options.Tolerance, options.MaxIterations);
        return residual <= options.Tolerance
            ? (mass, new FitDiagnostics(iterations, StopReason.Converged, double.PositiveInfinity, []))
            : (mass, new FitDiagnostics(iterations, StopReason.IterationLimit, double.PositiveInfinity,
            [
                string.Create(CultureInfo.InvariantCulture, $"The iteration ended before the distribution settled (one step still moves {residual:G2} of it): leave profiles out, allow elimination of more, or select less strongly."),
            ]));
    }

    private Standings[] Standings(double[] mass, FitDiagnostics diagnostics)
    {
        PayoffTables tables = space.Tables;
        double[] ratings = Marginals(mass);
        double[] replicates = options.Uncertainty == PayoffUncertainty.None ? [] : Replicates(ratings.Length);
        var standings = new Standings[tables.Populations];
        for (int k = 0, first = 0; k < standings.Length; first += tables.Strategies[k++])
        {
            int own = tables.Strategies[k];
            (Evidence board, Evidence[] evidence, Func<int, int, (int Common, int Discordant)>? pairs) = PayoffEvidence.Of(tables, k);
            var maker = new StandingsMaker(AlphaRank.Name, options, board, evidence) { PairEvidence = pairs };
            double[] shares = ratings[first..(first + own)];
            standings[k] = replicates.Length == 0
                ? maker.WithoutIntervals(shares, diagnostics)
                : maker.FromReplicates(shares, Columns(replicates, ratings.Length, first, own), IntervalKind.PayoffBounds, diagnostics);
        }

        return standings;
    }

    /// <summary>Rounds × strategies of all populations: rankings of drawn payoffs. A round has a stream of its own, so threads change nothing.</summary>
    private double[] Replicates(int width)
    {
        var draws = new PayoffDraws(space.Tables, options);
        AlphaRankOptions single = options with { MaxDegreeOfParallelism = 1 };
        var replicates = new double[options.Rounds * width];
        Parallel.For(0, options.Rounds, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, round =>
        {
            var random = new Xoshiro256(options.Seed, (ulong)round);
            var drawn = new ResponseSpace(draws.Draw(ref random));
            Marginals(Distribution(drawn, single).Mass).CopyTo(replicates, round * width);
        });
        return replicates;
    }

    /// <summary>Every population's strategies, one after the other: the mass of profiles with each.</summary>
    private double[] Marginals(double[] mass)
    {
        IReadOnlyList<int> strategies = space.Tables.Strategies;
        var marginals = new double[space.Tables.AllStrategies];
        for (int s = 0; s < mass.Length; s++)
        {
            for (int k = strategies.Count - 1, rest = s, end = marginals.Length; k >= 0; k--)
            {
                end -= strategies[k];
                (rest, int own) = Math.DivRem(rest, strategies[k]);
                marginals[end + own] += mass[s];
            }
        }

        return marginals;
    }

    private static double[] Columns(double[] rows, int width, int first, int count)
    {
        var columns = new double[rows.Length / width * count];
        for (int r = 0; r < rows.Length / width; r++)
        {
            rows.AsSpan(r * width + first, count).CopyTo(columns.AsSpan(r * count));
        }

        return columns;
    }
}
