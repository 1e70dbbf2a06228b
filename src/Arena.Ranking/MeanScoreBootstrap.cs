using System.Runtime.CompilerServices;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// The rounds of <see cref="MeanScore"/>: the largest studentised deviation of a pair and every competitor's own
/// deviation. A pair counts only the samples its two competitors share.
/// </summary>
internal sealed class MeanScoreBootstrap(
    SamplePatterns patterns,
    double[] mean,
    double[] weight,
    double[] groupWeight,
    PairEstimate[] estimates,
    FitOptions options,
    int groupLimit = MeanScoreBootstrap.GroupLimit)
{
    /// <summary>With more groups than this, a row for each pair costs less than adding up groups in every round.</summary>
    internal const int GroupLimit = 32;

    /// <summary>64 MiB of rows at a time.</summary>
    private const int MostRowValues = 8 << 20;

    private readonly int _n = patterns.Competitors;
    private readonly double[] _maxima = new double[options.Rounds];
    private readonly double[] _own = new double[options.Rounds * patterns.Competitors];

    /// <summary>Draws all rounds.</summary>
    /// <returns>The maximum of each round; competitors × rounds of mean* − mean.</returns>
    public (double[] Maxima, double[] OwnDeviations) Run()
    {
        if (patterns.Groups <= groupLimit)
        {
            RunByGroups();
        }
        else
        {
            RunByPairs();
        }

        return (_maxima, _own);
    }

    /// <summary>Sums per competitor and group; a pair adds up the groups in which both are measured.</summary>
    private void RunByGroups()
    {
        int width = _n + 1;
        var groupsOfPair = new int[estimates.Length][];
        var constant = new double[estimates.Length];
        var inverse = new double[estimates.Length];
        for (int i = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                int k = PairComparisons.IndexOf(i, j, _n);
                groupsOfPair[k] = estimates[k].Scale > 0 ? CommonGroups(i, j) : [];
                // what the two means differ by beyond the shared samples; nothing when all samples are shared
                constant[k] = patterns.Groups == 1 ? 0 : mean[i] - mean[j] - estimates[k].Difference;
                inverse[k] = PerUnit(k, groupsOfPair[k]);
            }
        }

        new SampleBootstrap(patterns, OwnRows(), patterns.GroupStart, options).Run([MethodImpl(MethodImplOptions.AggressiveOptimization)] (round, sums) =>
        {
            double max = 0;
            for (int i = 0, k = 0; i < _n; i++)
            {
                double own = 0;
                for (int g = 0; g < patterns.Groups; g++)
                {
                    own += sums[g * width + i];
                }

                _own[i * options.Rounds + round] = own / weight[i];
                for (int j = i + 1; j < _n; j++, k++)
                {
                    double sum = 0;
                    foreach (int g in groupsOfPair[k])
                    {
                        int at = g * width;
                        sum += sums[at + i] - sums[at + j] + constant[k] * sums[at + _n];
                    }

                    max = Math.Max(max, Math.Abs(sum) * inverse[k]);
                }
            }

            _maxima[round] = max;
        });
    }

    /// <summary>A row for each pair, as many at a time as memory is meant to hold; the draws are the same each time.</summary>
    private void RunByPairs()
    {
        int[] whole = [0, patterns.Patterns];
        new SampleBootstrap(patterns, OwnRows(), whole, options).Run((round, sums) =>
        {
            for (int i = 0; i < _n; i++)
            {
                _own[i * options.Rounds + round] = sums[i] / weight[i];
            }
        });

        (int I, int J)[] pairs = [.. AllPairs().Where(p => estimates[PairComparisons.IndexOf(p.I, p.J, _n)].Scale > 0)];
        foreach ((int I, int J)[] some in pairs.Chunk(Math.Max(1, MostRowValues / patterns.Patterns)))
        {
            var rows = new double[some.Length * patterns.Patterns];
            for (int r = 0; r < some.Length; r++)
            {
                FillPairRow(rows.AsSpan(r * patterns.Patterns, patterns.Patterns), some[r].I, some[r].J);
            }

            new SampleBootstrap(patterns, rows, whole, options).Run([MethodImpl(MethodImplOptions.AggressiveOptimization)] (round, sums) =>
            {
                double max = _maxima[round];
                foreach (double sum in sums)
                {
                    max = Math.Max(max, Math.Abs(sum));
                }

                _maxima[round] = max;
            });
        }
    }

    private IEnumerable<(int I, int J)> AllPairs() =>
        Enumerable.Range(0, _n).SelectMany(i => Enumerable.Range(i + 1, _n - i - 1).Select(j => (i, j)));

    private void FillPairRow(Span<double> row, int i, int j)
    {
        int k = PairComparisons.IndexOf(i, j, _n);
        double unit = PerUnit(k, CommonGroups(i, j));
        ReadOnlySpan<double> first = patterns.Row(i);
        ReadOnlySpan<double> second = patterns.Row(j);
        for (int p = 0; p < row.Length; p++)
        {
            double d = first[p] - second[p];
            row[p] = double.IsNaN(d) ? 0 : unit * patterns.Weight[p] * (d - estimates[k].Difference);
        }
    }

    private double PerUnit(int pair, int[] groups) =>
        estimates[pair].Scale > 0 ? 1 / (estimates[pair].Scale * groups.Sum(g => groupWeight[g])) : 0;

    private int[] CommonGroups(int i, int j) =>
        [.. Enumerable.Range(0, patterns.Groups).Where(g => patterns.MeasuredIn(g)[i] && patterns.MeasuredIn(g)[j])];

    /// <summary>(n + 1) × patterns: w · (score − own mean), 0 where missing; the last row is w.</summary>
    private double[] OwnRows()
    {
        int width = patterns.Patterns;
        var rows = new double[(_n + 1) * width];
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = patterns.Row(i);
            for (int p = 0; p < width; p++)
            {
                rows[i * width + p] = double.IsNaN(row[p]) ? 0 : patterns.Weight[p] * (row[p] - mean[i]);
            }
        }

        patterns.Weight.CopyTo(rows, _n * width);
        return rows;
    }
}
