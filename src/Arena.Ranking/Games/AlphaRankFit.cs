using System.Globalization;

namespace Arena.Ranking.Games;

/// <summary>One fit of <see cref="AlphaRank"/>.</summary>
internal sealed class AlphaRankFit(ResponseSpace space, AlphaRankOptions options)
{
    public AlphaRankResult Run()
    {
        (double[] mass, FitDiagnostics diagnostics) = Distribution(space, options);
        var standings = new PayoffStandings(AlphaRank.Name, space.Tables, options);
        AlphaRankOptions single = options with { MaxDegreeOfParallelism = 1 };
        double[] replicates = standings.Replicates(drawn => Marginals(Distribution(new ResponseSpace(drawn), single).Mass));
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
            Populations = standings.Of(Marginals(mass), replicates, diagnostics),
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
}
