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
/// <para>Change points: what the votes say of a step over its standard deviation under drift alone (auxiliary residuals,
/// Harvey, Koopman 1992), flagged beyond Šidák's bound over all living competitors and steps; drift and smoothing are done again
/// without each flagged step, so that a jump neither passes for drift nor is smeared over its neighbours. A flag to look at, not
/// a cause.</para>
/// </remarks>
public static class DynamicBradleyTerry
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "dynamic-bradley-terry";

    /// <summary>Periods · n²: covariances of every period are held, several times over.</summary>
    private const long MostCovariances = 50_000_000;

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
        if ((long)periods.Length * ballots.Competitors * ballots.Competitors > MostCovariances)
        {
            throw new ArgumentException($"{periods.Length} periods of {ballots.Competitors} competitors need more than {MostCovariances} covariances. Take longer periods, or fewer competitors.", nameof(options));
        }

        double[] gaps = [.. starts.Zip(starts.Skip(1), (a, b) => b - a)];
        (DynamicFit fit, double drift, List<(int Step, int Competitor)> changes) = WithChanges(periods, gaps, options);
        standings = Result(ballots, all, starts, fit, drift, changes, options);
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

    /// <summary>
    /// Frees the step that stands out most, estimates the drift anew without it, and keeps it when it still stands out; then the
    /// next. Otherwise a jump would pass for drift, and hide itself.
    /// </summary>
    private static (DynamicFit Fit, double Drift, List<(int Step, int Competitor)> Changes) WithChanges(PairTerms[] periods, double[] gaps, DynamicBradleyTerryOptions options)
    {
        int n = periods[0].Competitors;
        long steps = Math.Max(1, (long)gaps.Length * (options.Living?.Count(l => l) ?? n));
        double critical = new Quantiles(options.Confidence).Sidak(steps, double.PositiveInfinity);
        var changes = new List<(int Step, int Competitor)>();
        DynamicFit fit = Best(periods, gaps, options, changes, null, out double drift);
        while (gaps.Length > 0 && changes.Count < options.MostChanges)
        {
            fit.Spread();
            (int Step, int Competitor) most = Enumerable.Range(0, gaps.Length)
                .SelectMany(t => Enumerable.Range(0, n).Select(i => (Step: t, Competitor: i)))
                .Where(step => !changes.Contains(step))
                .MaxBy(step => Math.Abs(fit.StandardisedSteps[step.Step][step.Competitor]));
            DynamicFit without = Best(periods, gaps, options, [.. changes, most], fit.Theta, out double driftWithout);
            without.Spread();
            if (Math.Abs(without.StandardisedSteps[most.Step][most.Competitor]) <= critical)
            {
                break;
            }

            changes.Add(most);
            (fit, drift) = (without, driftWithout);
        }

        fit.Spread();
        return (fit, drift, changes);
    }

    /// <summary>The fit at the drift given, or at that of a doubling scale under which the votes are most probable.</summary>
    private static DynamicFit Best(
        PairTerms[] periods, double[] gaps, DynamicBradleyTerryOptions options, IReadOnlyList<(int Step, int Competitor)> freed, Vector<double>[]? from, out double drift)
    {
        double unit = EloScale.Unit, start = options.PriorDeviation * options.PriorDeviation / (unit * unit);
        double[] scale = options.Drift is { } known ? [known] : gaps.Length == 0 ? [1] : [.. Enumerable.Range(-1, 10).Select(k => Math.Pow(2, k))];
        DynamicFit? best = null, last = null;
        drift = scale[0];
        foreach (double candidate in scale)
        {
            last = new DynamicFit(periods, gaps, candidate * candidate / (unit * unit), start, options.Living, freed, last?.Theta ?? from).Run(options.Tolerance, options.MaxIterations);
            if (best is null || last.LogEvidence > best.LogEvidence)
            {
                (best, drift) = (last, candidate);
            }
        }

        return best!;
    }

    private static DynamicStandings Result(Ballots ballots, PairTerms all, double[] starts, DynamicFit fit, double drift, List<(int Step, int Competitor)> changes, DynamicBradleyTerryOptions options)
    {
        int n = ballots.Competitors, last = starts.Length - 1;
        double unit = EloScale.Unit;
        Matrix<double> centre = Matrix<double>.Build.DenseIdentity(n).Subtract(1.0 / n);
        Matrix<double>[] spread = [.. fit.Blocks.Select(b => unit * unit * (centre * b * centre))];
        VoteEvidence evidence = VoteEvidence.Of(all);
        List<string> notes = [];
        if (fit.Reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

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
            Changes = [.. changes
                .Select(c => new ChangePoint(c.Competitor, c.Step + 1, unit * (fit.Theta[c.Step + 1][c.Competitor] - fit.Theta[c.Step][c.Competitor]), fit.StandardisedSteps[c.Step][c.Competitor]))
                .OrderByDescending(c => Math.Abs(c.Z))],
            Drift = drift,
        };
    }
}
