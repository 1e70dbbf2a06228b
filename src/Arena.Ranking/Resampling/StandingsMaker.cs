using System.Numerics;
using System.Runtime.CompilerServices;
using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;

namespace Arena.Ranking.Resampling;

/// <summary>
/// From a method's numbers to <see cref="Standings"/>, one way for every method: pointwise intervals, simultaneous ones for
/// all pairs at once, rank intervals from those. Larger ratings are better.
/// </summary>
/// <param name="method">Name of the method.</param>
/// <param name="options">Level, rounds, seed, threads.</param>
/// <param name="board">What everything stands on.</param>
/// <param name="evidence">What each competitor stands on.</param>
internal sealed class StandingsMaker(string method, FitOptions options, Evidence board, Evidence[] evidence)
{
    /// <summary>Above this many competitors all pairs are corrected by Šidák's bound in place of simulation: wider, and free.</summary>
    private const int MostSimulated = 2000;

    /// <summary>Standard errors below this share of the ratings' spread are rounding.</summary>
    private const double LeastError = 1e-7;

    /// <summary>A covariance of more competitors than this would take minutes and gigabytes.</summary>
    public const int MostWithCovariance = 5000;

    /// <summary>What to say then.</summary>
    public static readonly string TooMany = $"No intervals above {MostWithCovariance} competitors: their covariance would not fit.";

    private readonly int _n = evidence.Length;
    private readonly Quantiles _quantiles = new(options.Confidence);

    /// <summary>Ballots that compare two competitors, and those on which they differ; null counts none.</summary>
    public Func<int, int, (int Common, int Discordant)>? PairEvidence { get; init; }

    /// <summary>
    /// Whether something imagined, a prior or a common start, holds competitors together that no chain of ballots links. It has no error to speak of, so
    /// such pairs have no interval and are never separated; nor has a competitor an interval that was compared with nobody.
    /// </summary>
    public bool Imagined { get; init; }

    public IReadOnlyList<Coefficient> Coefficients { get; init; } = [];

    /// <summary>The competitor whose rating is known to be 0 by choice, so that the others' are differences; null where it is their mean.</summary>
    public int? Anchor { get; init; }

    /// <summary>Ratings alone: no interval, no rank excluded.</summary>
    public Standings WithoutIntervals(double[] ratings, FitDiagnostics diagnostics) => Make(
        ratings,
        IntervalKind.None,
        diagnostics with { CriticalValue = double.PositiveInfinity },
        null,
        _ => (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity),
        new PairComparisons(_n, (a, b) => Pair(a, b, ratings[a] - ratings[b], double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)));

    /// <summary>
    /// Normal estimates with a covariance: pointwise by Student's t, pairs by the quantile of max |t| over all pairs of
    /// normal draws with that covariance (Hothorn, Bretz, Westfall 2008), each draw divided by a chi of the same freedom.
    /// </summary>
    /// <remarks>
    /// Where nothing varies (one ballot with a prior, the same ballot again and again) nothing says how much is chance, and no intervals are made; nor
    /// where weights of very unlike size leave a covariance that is none, in double precision.
    /// </remarks>
    /// <param name="ratings">n.</param>
    /// <param name="covariance">n × n row by row, of the ratings.</param>
    /// <param name="freedom">Degrees of freedom; +∞ is normal.</param>
    /// <param name="kind">Sandwich, cluster sandwich or posterior.</param>
    /// <param name="diagnostics">How the fit went; the critical value is filled in here.</param>
    /// <param name="freedoms">
    /// Degrees of freedom of each competitor's variance, where those differ from the board's: its intervals, and at the same tail probability its
    /// simultaneous ones, then take its own quantile.
    /// </param>
    public Standings FromCovariance(
        double[] ratings, double[] covariance, double freedom, IntervalKind kind, FitDiagnostics diagnostics, double[]? freedoms = null)
    {
        if (kind != IntervalKind.Posterior && board.Clusters < 2)
        {
            return None(FewClusters.OneCluster);
        }

        double trace = Enumerable.Range(0, _n).Sum(i => covariance[i * _n + i]), least = LeastError * Scale(ratings, ratings.Average());
        if (!(trace > _n * least * least))
        {
            return None("No two observations differ in what they say, so nothing says how much of it is chance: no intervals were made.");
        }

        double? simulated = _n > MostSimulated ? _quantiles.Sidak((long)_n * (_n - 1) / 2, freedom) : SimulatedMaxima.Critical(covariance, _n, freedom, options);
        if (simulated is null)
        {
            return None("Weights or ratings of very unlike size leave no covariance in double precision: no intervals were made.");
        }

        Standings None(string note) => WithoutIntervals(ratings, diagnostics with { Notes = [.. diagnostics.Notes, note] });
        double point = _quantiles.Student(freedom);
        double critical = Math.Max(point, simulated.Value);
        if (freedoms is null)
        {
            return FromCovariance(ratings, covariance, _ => point, (_, _) => point, (_, _) => critical, critical, kind, diagnostics);
        }

        double[] variance = MeanZeroVariance(covariance);
        FreedomQuantiles points = FreedomQuantiles.At(_quantiles.UpperLevel, freedoms, variance), criticals = FreedomQuantiles.At(Quantiles.Level(critical, freedom), freedoms, variance);
        return FromCovariance(
            ratings, covariance, i => Anchor is { } anchor ? points.Of(i, anchor) : points.Of(i), points.Of, criticals.Of, critical, kind, diagnostics);
    }

    private Standings FromCovariance(
        double[] ratings,
        double[] covariance,
        Func<int, double> point,
        Func<int, int, double> pairPoint,
        Func<int, int, double> pairCritical,
        double critical,
        IntervalKind kind,
        FitDiagnostics diagnostics)
    {
        Func<int, int, bool> linked = Linked();
        double Error(int a, int b) => linked(a, b)
            ? Math.Sqrt(Math.Max(0, covariance[a * _n + a] + covariance[b * _n + b] - 2 * covariance[a * _n + b]))
            : double.PositiveInfinity;
        return Make(
            ratings,
            kind,
            diagnostics with { CriticalValue = critical },
            covariance,
            i => (linked(i, i) ? Math.Sqrt(Math.Max(0, covariance[i * _n + i])) : double.PositiveInfinity) is var error ? (error, ratings[i] - point(i) * error, ratings[i] + point(i) * error) : default,
            new PairComparisons(_n, (a, b) => Error(a, b) is var error
                ? Pair(a, b, ratings[a] - ratings[b], error, pairPoint(a, b) * error, pairCritical(a, b) * error)
                : default),
            SimultaneousRanks.Ranks(ratings, (a, b) => pairCritical(a, b) * Error(a, b)));
    }

    /// <summary>Independent normal posteriors, one a competitor: pairs corrected by Šidák's bound.</summary>
    public Standings FromPosterior(double[] means, double[] deviations, FitDiagnostics diagnostics)
    {
        double point = _quantiles.Normal;
        double critical = _quantiles.Sidak(Math.Max(1, (long)_n * (_n - 1) / 2), double.PositiveInfinity);
        return Make(
            means,
            IntervalKind.Posterior,
            diagnostics with { CriticalValue = critical },
            null,
            i => (deviations[i], means[i] - point * deviations[i], means[i] + point * deviations[i]),
            new PairComparisons(_n, (a, b) => Math.Sqrt(deviations[a] * deviations[a] + deviations[b] * deviations[b]) is var error
                ? Pair(a, b, means[a] - means[b], error, point * error, critical * error)
                : default));
    }

    /// <summary>
    /// Replicates: percentile intervals for ratings, normal ones with the replicates' error for differences; pairs by the quantile of the largest
    /// |difference* − difference| / standard error of any pair. A pair whose replicates never differ from its estimate is not separated, and
    /// a competitor without an observation, whose replicates cannot differ, from nobody.
    /// </summary>
    /// <param name="ratings">n.</param>
    /// <param name="replicates">rounds × n row by row.</param>
    /// <param name="kind">Bootstrap or payoff bounds.</param>
    /// <param name="diagnostics">How the fit went; the critical value is filled in here.</param>
    public Standings FromReplicates(double[] ratings, double[] replicates, IntervalKind kind, FitDiagnostics diagnostics)
    {
        bool resampled = kind == IntervalKind.Bootstrap;
        if (resampled && board.Clusters < 2)
        {
            return WithoutIntervals(ratings, diagnostics with { Notes = [.. diagnostics.Notes, FewClusters.OneCluster] });
        }

        int rounds = replicates.Length / _n;
        double[][] columns = [.. Enumerable.Range(0, _n).Select(i => Column(replicates, rounds, i))];
        double[] covariance = Covariance(columns, rounds);
        Func<int, int, bool> linked = Linked();
        bool Known(int a, int b) => linked(a, b) && (!resampled || (evidence[a].Observations > 0 && evidence[b].Observations > 0));
        double Error(int a, int b)
        {
            // replicates that never differ leave rounding, not an error
            double error = Math.Sqrt(Math.Max(0, covariance[a * _n + a] + covariance[b * _n + b] - 2 * covariance[a * _n + b]));
            return Known(a, b) && error > 1e-12 * (Math.Abs(ratings[a]) + Math.Abs(ratings[b])) ? error : 0;
        }

        double[] maxima = Maxima(ratings, columns, rounds, Error);
        Array.Sort(maxima);
        double critical = Math.Max(_quantiles.Normal, _quantiles.Upper(maxima));
        return Make(
            ratings,
            kind,
            diagnostics with { CriticalValue = critical },
            covariance,
            i =>
            {
                if (!Known(i, i))
                {
                    return (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity);
                }

                Array.Sort(columns[i]);
                (double low, double high) = _quantiles.Central(columns[i]);
                return (Math.Sqrt(covariance[i * _n + i]), Math.Min(low, ratings[i]), Math.Max(high, ratings[i]));
            },
            new PairComparisons(_n, (a, b) => Error(a, b) is var error and > 0
                ? Pair(a, b, ratings[a] - ratings[b], error, _quantiles.Normal * error, critical * error)
                : Pair(a, b, ratings[a] - ratings[b], Known(a, b) ? 0 : double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)));
    }

    /// <summary>Whether a chain of ballots links two competitors; of one and itself, whether it was compared with anybody.</summary>
    private Func<int, int, bool> Linked()
    {
        if (!Imagined || PairEvidence is not { } evidenceOf)
        {
            return (_, _) => true;
        }

        List<int[]> islands = ComparisonGraph.Components(_n, (a, b) => evidenceOf(Math.Min(a, b), Math.Max(a, b)).Common > 0);
        var island = new int[_n];
        for (int k = 0; k < islands.Count; k++)
        {
            foreach (int i in islands[k])
            {
                island[i] = k;
            }
        }

        return (a, b) => island[a] == island[b] && (a != b || islands[island[a]].Length > 1);
    }

    private static double[] Column(double[] replicates, int rounds, int competitor)
    {
        int n = replicates.Length / rounds;
        var column = new double[rounds];
        for (int r = 0; r < rounds; r++)
        {
            column[r] = replicates[r * n + competitor];
        }

        return column;
    }

    /// <summary>The largest |difference* − difference| / error of any pair, round by round; pairs without an error are passed over.</summary>
    private double[] Maxima(double[] ratings, double[][] columns, int rounds, Func<int, int, double> errorOf)
    {
        var maxima = new double[rounds];
        Parallel.For(
            0,
            _n,
            Threads(),
            () => new double[rounds],
            (a, _, own) =>
            {
                for (int b = a + 1; b < _n; b++)
                {
                    double error = errorOf(a, b), difference = ratings[a] - ratings[b];
                    if (error > 0)
                    {
                        Raise(own, columns[a], columns[b], difference, 1 / error);
                    }
                }

                return own;
            },
            own =>
            {
                lock (maxima)
                {
                    // a maximum is the same in whatever order the threads end
                    for (int r = 0; r < rounds; r++)
                    {
                        maxima[r] = Math.Max(maxima[r], own[r]);
                    }
                }
            });
        return maxima;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Raise(Span<double> maxima, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double difference, double inverse)
    {
        Vector<double> centre = new(difference), scale = new(inverse);
        int r = 0;
        for (; r <= maxima.Length - Vector<double>.Count; r += Vector<double>.Count)
        {
            Vector<double> away = Vector.Abs(new Vector<double>(first[r..]) - new Vector<double>(second[r..]) - centre) * scale;
            Vector.Max(new Vector<double>(maxima[r..]), away).CopyTo(maxima[r..]);
        }

        for (; r < maxima.Length; r++)
        {
            maxima[r] = Math.Max(maxima[r], Math.Abs(first[r] - second[r] - difference) * inverse);
        }
    }

    private ParallelOptions Threads() => new() { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism };

    /// <summary>Variances of the ratings less their mean, whatever they were anchored to.</summary>
    private double[] MeanZeroVariance(double[] covariance)
    {
        var mean = new double[_n];
        double all = 0;
        for (int i = 0; i < _n; i++)
        {
            foreach (double value in covariance.AsSpan(i * _n, _n))
            {
                mean[i] += value / _n;
            }

            all += mean[i] / _n;
        }

        return [.. mean.Select((m, i) => Math.Max(0, covariance[i * _n + i] - 2 * m + all))];
    }

    private PairComparison Pair(int a, int b, double difference, double error, double point, double simultaneous)
    {
        (int common, int discordant) = PairEvidence?.Invoke(a, b) ?? default;
        return new PairComparison(
            difference,
            error,
            difference - point,
            difference + point,
            difference - simultaneous,
            difference + simultaneous,
            common,
            discordant,
            simultaneous > 0 && Math.Abs(difference) > simultaneous);
    }

    private Standings Make(
        double[] ratings,
        IntervalKind kind,
        FitDiagnostics diagnostics,
        double[]? covariance,
        Func<int, (double Error, double Low, double High)> interval,
        PairComparisons pairs,
        (int Low, int High)[]? ranks = null)
    {
        ranks ??= kind == IntervalKind.None
            ? [.. Enumerable.Repeat((1, _n), _n)]
            : SimultaneousRanks.Ranks(pairs);
        double mean = ratings.Average();
        var competitors = new Standing[_n];
        for (int i = 0; i < _n; i++)
        {
            (double error, double low, double high) = interval(i);
            competitors[i] = new Standing(i, ratings[i], low, high, ratings[i] - mean, ranks[i].Low, ranks[i].High, evidence[i]) { StandardError = error };
        }

        return new Standings
        {
            Method = method,
            Confidence = options.Confidence,
            Competitors = competitors,
            // ratings that differ by rounding only stand by index
            Order = SimultaneousRanks.Order([.. ratings.Select(Rounded)]),
            Pairs = pairs,
            Evidence = board,
            Covariance = covariance,
            Intervals = kind,
            Coefficients = Coefficients,
            Diagnostics = diagnostics,
        };

        double Rounded(double rating) => Math.Round((rating - mean) / Scale(ratings, mean), 12);
    }

    private static double Scale(double[] ratings, double mean)
    {
        double most = 0;
        foreach (double rating in ratings)
        {
            most = Math.Max(most, Math.Abs(rating - mean));
        }

        return most > 0 ? most : 1;
    }

    private double[] Covariance(double[][] columns, int rounds)
    {
        double[][] deviations = Array.ConvertAll(columns, column =>
        {
            double mean = column.Average();
            return Array.ConvertAll(column, value => value - mean);
        });
        var covariance = new double[_n * _n];
        Parallel.For(0, _n, Threads(), i =>
        {
            for (int j = 0; j <= i; j++)
            {
                covariance[i * _n + j] = covariance[j * _n + i] = DenseProducts.Dot(deviations[i], deviations[j]) / Math.Max(1, rounds - 1);
            }
        });
        return covariance;
    }
}
