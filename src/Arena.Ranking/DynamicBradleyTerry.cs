using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry for competitors that change: θ follows a Gaussian random walk from period to period,
/// θ_t − θ_{t−1} ~ N(0, drift² · time), θ_0 ~ N(0, prior²). The whole path is smoothed: the most probable one, by Newton steps on
/// the block-tridiagonal curvature, with Laplace's covariance (Fahrmeir, Tutz 1994; Glickman 1999 filters the same model).
/// </summary>
/// <remarks>
/// <para>Ties are half a win. Periods without a ballot are bridged. Ratings are 1000 + 400/ln 10 · θ without centring: a
/// competitor that is held still keeps its rating while others move. Intervals are posterior ones, taken relative to the mean of all
/// competitors in the period; they know nothing of voters who vote often.</para>
/// <para>Change points: a smoothed step over its standard deviation under drift alone (auxiliary residuals, Harvey, Koopman
/// 1992), flagged beyond Šidák's bound over all living competitors and steps. A step is a flag to look at, not a cause; a sudden
/// jump also raises the estimated drift, which makes the flag slow rather than rash.</para>
/// </remarks>
public static class DynamicBradleyTerry
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "dynamic-bradley-terry";

    private const int MostStates = 200_000;

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static DynamicStandings Fit(Ballots ballots, ReadOnlySpan<double> times, DynamicBradleyTerryOptions? options = null) =>
        TryFit(ballots, times, options, out DynamicStandings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits, or says why not: <see cref="Diagnosis.NoBallots"/> or <see cref="Diagnosis.OneCompetitor"/>; the prior makes everything else fit.</summary>
    /// <param name="ballots">Ballots.</param>
    /// <param name="times">When each was cast, in any unit and order.</param>
    /// <param name="options">Options.</param>
    /// <param name="standings">The result.</param>
    /// <param name="diagnosis">Why there is none.</param>
    /// <exception cref="ArgumentException">Times or flags do not fit in number, a time is not finite, or there are more periods than can be held.</exception>
    public static bool TryFit(
        Ballots ballots,
        ReadOnlySpan<double> times,
        DynamicBradleyTerryOptions? options,
        [NotNullWhen(true)] out DynamicStandings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new DynamicBradleyTerryOptions();
        standings = null;
        Check(ballots, times, options);
        PairTerms all = PairTerms.Aggregated(ballots);
        diagnosis = all.Diagnose(prior: true);
        if (diagnosis is not null)
        {
            return false;
        }

        (PairTerms[] periods, double[] starts) = Periods(ballots, times, options.Period);
        if ((long)periods.Length * ballots.Competitors > MostStates)
        {
            throw new ArgumentException($"{periods.Length} periods of {ballots.Competitors} competitors are more than {MostStates} states. Take longer periods.", nameof(options));
        }

        double[] gaps = [.. starts.Zip(starts.Skip(1), (a, b) => b - a)];
        DynamicFit fit = Best(periods, gaps, options, out double drift);
        fit.Spread();
        standings = Result(ballots, all, starts, fit, drift, options);
        return true;
    }

    private static void Check(Ballots ballots, ReadOnlySpan<double> times, DynamicBradleyTerryOptions options)
    {
        if (times.Length != ballots.Count)
        {
            throw new ArgumentException($"{ballots.Count} ballots need as many times, but there are {times.Length}.", nameof(times));
        }

        if (options.Living is { } living && living.Count != ballots.Competitors)
        {
            throw new ArgumentException($"{ballots.Competitors} competitors need as many flags, but there are {living.Count}.", nameof(options));
        }

        for (int b = 0; b < times.Length; b++)
        {
            if (!double.IsFinite(times[b]))
            {
                throw new ArgumentException($"The time of ballot {b} is {times[b]}. Give a finite number.", nameof(times));
            }
        }
    }

    private static (PairTerms[] Periods, double[] Starts) Periods(Ballots ballots, ReadOnlySpan<double> times, double length)
    {
        double first = double.PositiveInfinity;
        foreach (double time in times)
        {
            first = Math.Min(first, time);
        }

        var members = new SortedDictionary<double, List<int>>();
        for (int b = 0; b < times.Length; b++)
        {
            double period = Math.Floor((times[b] - first) / length);
            if (!members.TryGetValue(period, out List<int>? list))
            {
                members[period] = list = [];
            }

            list.Add(b);
        }

        return ([.. members.Values.Select(list => PairTerms.Aggregated(ballots.Select([.. list])))], [.. members.Keys.Select(p => first + p * length)]);
    }

    /// <summary>The fit at the drift given, or at that of a doubling scale under which the votes are most probable.</summary>
    private static DynamicFit Best(PairTerms[] periods, double[] gaps, DynamicBradleyTerryOptions options, out double drift)
    {
        double unit = EloScale.Unit, start = options.PriorDeviation * options.PriorDeviation / (unit * unit);
        double[] scale = options.Drift is { } known ? [known] : gaps.Length == 0 ? [1] : [.. Enumerable.Range(-1, 10).Select(k => Math.Pow(2, k))];
        DynamicFit? best = null, last = null;
        drift = scale[0];
        foreach (double candidate in scale)
        {
            last = new DynamicFit(periods, gaps, candidate * candidate / (unit * unit), start, options.Living, last?.Theta).Run(options.Tolerance, options.MaxIterations);
            if (best is null || last.LogEvidence > best.LogEvidence)
            {
                (best, drift) = (last, candidate);
            }
        }

        return best!;
    }

    private static DynamicStandings Result(Ballots ballots, PairTerms all, double[] starts, DynamicFit fit, double drift, DynamicBradleyTerryOptions options)
    {
        int n = ballots.Competitors, last = starts.Length - 1;
        double unit = EloScale.Unit;
        Matrix<double> centre = Matrix<double>.Build.DenseIdentity(n).Subtract(1.0 / n);
        Matrix<double>[] spread = [.. fit.Blocks.Select(b => unit * unit * (centre * b * centre))];
        VoteEvidence evidence = VoteEvidence.Of(all, BallotClusters.Of(ballots, VoteClusters.Ballot));
        List<string> notes = [];
        if (fit.Reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        double living = options.Living?.Count(l => l) ?? n;
        double critical = new Quantiles(options.Confidence).Sidak((long)Math.Max(1, living * last), double.PositiveInfinity);
        return new DynamicStandings
        {
            Latest = new StandingsMaker(Name, options, evidence.Board, evidence.Competitors) { PairEvidence = evidence.Pair }.FromCovariance(
                [.. fit.Theta[last].Select(t => EloScale.Centre + unit * t)],
                spread[last].ToRowMajorArray(),
                double.PositiveInfinity,
                IntervalKind.Posterior,
                new FitDiagnostics(fit.Iterations, fit.Reason, 0, notes)),
            Periods = starts,
            Paths = [.. Enumerable.Range(0, n).Select(i => new RatingPath(
                i,
                [.. fit.Theta.Select(t => EloScale.Centre + unit * t[i])],
                [.. spread.Select(s => Math.Sqrt(Math.Max(0, s[i, i])))]))],
            Changes = [.. Enumerable.Range(0, last)
                .SelectMany(t => Enumerable.Range(0, n).Select(i => new ChangePoint(i, t + 1, unit * (fit.Theta[t + 1][i] - fit.Theta[t][i]), fit.StandardisedSteps[t][i])))
                .Where(c => Math.Abs(c.Z) > critical)
                .OrderByDescending(c => Math.Abs(c.Z))],
            Drift = drift,
        };
    }
}
