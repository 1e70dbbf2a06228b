using System.Runtime.CompilerServices;
using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Pairwise;

/// <summary>One fit of <see cref="BradleyTerry"/>: the state its steps share.</summary>
internal sealed class BradleyTerryFit(
    double margin, SamplePatterns patterns, PairMoments[] pairs, PairwiseCounts counts, BradleyTerryOptions options)
{
    /// <summary>Squared errors below this share of the largest are rounding: the two compare alike on every sample.</summary>
    private const double Alike = 1e-18;

    private static readonly double Unit = EloScale.Unit;

    private readonly int _n = patterns.Competitors;
    private readonly Quantiles _quantiles = new(options.Confidence);

    public Standings Run(Evidence board, Evidence[] evidence)
    {
        var maximiser = new BradleyTerryMaximiser(counts, options);
        (double[] theta, int iterations, StopReason reason) = maximiser.Maximise();
        double[] inverse = options.ArenaRankCompatible
            ? maximiser.InverseHessian(theta, BradleyTerryOptions.ArenaRankRidge * counts.Total)
            : maximiser.InverseHessian(theta);
        double[] influence = Influence(inverse, theta);
        int[] compared = ComparedSamples();
        InfluenceMoments[] moments = Moments(influence);
        List<string> notes = Notes(reason);
        double[] few = options.ArenaRankCompatible ? new double[_n * _n] : FewSamples(maximiser.Hessian(theta), inverse, moments, theta, board, evidence, notes);
        (PairEstimate[] estimates, double[] covariance) = Estimates(theta, moments, few, compared);
        (PairComparisons comparisons, double critical) = SimultaneousRanks.Separate(
            _n, estimates, Maxima(influence, estimates), _quantiles, options.ArenaRankCompatible);
        (int Low, int High)[] ranks = SimultaneousRanks.Ranks(comparisons);
        double shift = Anchoring.Apply(options.Anchor, theta, covariance);
        var competitors = new Standing[_n];
        for (int i = 0; i < _n; i++)
        {
            double quantile = options.ArenaRankCompatible ? _quantiles.Normal : _quantiles.StudentOf(compared[i]);
            double half = quantile * Math.Sqrt(covariance[i * _n + i]);
            double rating = EloScale.Centre + Unit * (theta[i] - shift);
            competitors[i] = new Standing(
                i, rating, rating - half, rating + half, Unit * theta[i], ranks[i].Low, ranks[i].High, evidence[i])
            {
                StandardError = Math.Sqrt(covariance[i * _n + i]),
            };
        }

        return new Standings
        {
            Method = BradleyTerry.Name,
            Confidence = options.Confidence,
            Competitors = competitors,
            // competitors that compare alike differ by rounding only, and then stand by index
            Order = SimultaneousRanks.Order([.. theta.Select(t => Math.Round(t, 9))]),
            Pairs = comparisons,
            Evidence = board,
            Covariance = covariance,
            Intervals = IntervalKind.Sandwich,
            Diagnostics = new FitDiagnostics(iterations, reason, critical, notes),
        };
    }

    /// <summary>What each pattern moves each log-strength by: H⁺ u.</summary>
    private double[] Influence(double[] inverse, double[] theta)
    {
        double[] scores = SampleScores.Of(patterns, theta, margin);
        if (options.PriorTies > 0)
        {
            // the prior's share of the gradient is fixed: only what varies between samples is noise
            CentreOverSamples(scores);
        }

        return InfluenceMoments.Influence(inverse, scores, patterns, options.MaxDegreeOfParallelism);
    }

    private void CentreOverSamples(double[] scores)
    {
        int width = patterns.Patterns;
        for (int i = 0; i < _n; i++)
        {
            Span<double> row = scores.AsSpan(i * width, width);
            double sum = 0;
            for (int p = 0; p < width; p++)
            {
                sum += patterns.Count[p] * row[p];
            }

            for (int p = 0; p < width; p++)
            {
                row[p] -= sum / patterns.PatternOf.Length;
            }
        }
    }

    private InfluenceMoments[] Moments(double[] influence)
    {
        int width = patterns.Patterns;
        double[] count = [.. patterns.Count.Select(c => (double)c)];
        var moments = new InfluenceMoments[_n * _n];
        Parallel.For(0, _n, new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism }, i =>
        {
            for (int j = i; j < _n; j++)
            {
                moments[i * _n + j] = moments[j * _n + i] =
                    InfluenceMoments.Of(influence.AsSpan(i * width, width), influence.AsSpan(j * width, width), count);
            }
        });
        return moments;
    }

    /// <summary>What the covariance lacks where few samples say most of a competitor, or a prior all.</summary>
    private double[] FewSamples(double[] hessian, double[] inverse, InfluenceMoments[] moments, double[] theta, Evidence board, Evidence[] evidence, List<string> notes)
    {
        double[]? lacking = options.PriorTies > 0 ? PosteriorFloor.Lacking(hessian, PairwiseCounts.Of(_n, pairs, priorTies: 0).Groups()) : null;
        double trace = FewClusters.Dot(hessian, [.. moments.Select(m => m.Product)]);
        notes.AddRange(FewClusters.Lacking(hessian, inverse, trace, SampleScores.Shares(patterns, theta), _n, board).Notes(evidence));
        PosteriorFloor.Fill(hessian, lacking);
        return DenseCholesky.Sandwich(inverse, hessian, _n, options.MaxDegreeOfParallelism);
    }

    private (PairEstimate[] Estimates, double[] Covariance) Estimates(double[] theta, InfluenceMoments[] moments, double[] few, int[] compared)
    {
        double imagined = _quantiles.ImaginedSamples(pairs.Length);
        double largest = moments.Max(m => m.Square);
        // a prior holds together what no chain of samples links: it has no error to speak of
        List<int[]> islands = ComparisonGraph.Components(_n, (i, j) => pairs[PairComparisons.IndexOf(Math.Min(i, j), Math.Max(i, j), _n)].CommonSamples > 0);
        var estimates = new PairEstimate[pairs.Length];
        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                int k = PairComparisons.IndexOf(i, j, _n);
                InfluenceMoments m = moments[i * _n + j];
                bool alike = m.Square <= Alike * largest && Math.Round(theta[i] - theta[j], 9).Equals(0.0);
                double more = Math.Max(0, few[i * _n + i] + few[j * _n + j] - 2 * few[i * _n + j]);
                double wider = m.Square > 0 ? m.Square * (1 + imagined / m.EffectiveSamples) : 0;
                bool linked = islands.Count == 1 || islands.Exists(island => Array.BinarySearch(island, i) >= 0 && Array.BinarySearch(island, j) >= 0);
                estimates[k] = !linked ? new PairEstimate(Unit * (theta[i] - theta[j]), double.PositiveInfinity, 0, 0, 0, 0) : new PairEstimate(
                    alike ? 0 : Unit * (theta[i] - theta[j]),
                    alike ? 0 : Unit * Math.Sqrt(m.Square + more),
                    alike ? 0 : Unit * Math.Sqrt(wider + more),
                    Math.Min(compared[i], compared[j]),
                    pairs[k].CommonSamples,
                    pairs[k].DiscordantSamples);
            }
        }

        return (estimates, [.. moments.Select((m, k) => Unit * Unit * (m.Product + few[k]))]);
    }

    /// <summary>The largest studentised deviation of a pair in every round.</summary>
    private double[] Maxima(double[] influence, PairEstimate[] estimates)
    {
        var maxima = new double[options.Rounds];
        double[] inverse = [.. estimates.Select(e => e.Scale > 0 ? Unit / e.Scale : 0)];
        new SampleBootstrap(patterns, influence, [0, patterns.Patterns], options).Run([MethodImpl(MethodImplOptions.AggressiveOptimization)] (round, sums) =>
        {
            double max = 0;
            for (int i = 0, k = 0; i < _n; i++)
            {
                for (int j = i + 1; j < _n; j++, k++)
                {
                    max = Math.Max(max, Math.Abs(sums[i] - sums[j]) * inverse[k]);
                }
            }

            maxima[round] = max;
        });
        return maxima;
    }

    /// <summary>Samples on which each competitor met another.</summary>
    private int[] ComparedSamples()
    {
        var compared = new int[_n];
        for (int g = 0; g < patterns.Groups; g++)
        {
            ReadOnlySpan<bool> measured = patterns.MeasuredIn(g);
            if (measured.Count(true) < 2)
            {
                continue;
            }

            int samples = patterns.Count.AsSpan(patterns.GroupStart[g]..patterns.GroupStart[g + 1]).ToArray().Sum();
            for (int i = 0; i < _n; i++)
            {
                compared[i] += measured[i] ? samples : 0;
            }
        }

        return compared;
    }

    private List<string> Notes(StopReason reason)
    {
        var notes = new List<string>();
        if (reason == StopReason.IterationLimit)
        {
            notes.Add("The fit ran out of iterations before it settled: raise MaxIterations, or take these ratings as rough.");
        }

        if (options.PriorTies > 0)
        {
            notes.Add(PosteriorFloor.Note);
        }

        return notes;
    }
}
