using System.Buffers;
using Arena.Ranking.Online;

namespace Arena.Ranking.Contests;

/// <summary>
/// The reference's fast variant: opponents whose mean and deviation fall into the same bucket are one term at their mean, and only
/// as many terms as asked for, nearest in mean, count.
/// </summary>
internal sealed class NearbyPerformances : IPerformances
{
    private readonly Contest _contest;
    private readonly EloMmrOptions _options;
    private readonly double[] _own;
    private readonly double[] _mu;
    private readonly double[] _sigma;
    private readonly double[] _steepness;
    private readonly double[] _weight;
    private readonly int[] _start; // of each term's places
    private readonly int[] _places; // sorted within a term
    private readonly int _terms;

    public NearbyPerformances(Contest contest, double[] mu, double[] sigma, EloMmrOptions options)
    {
        int n = mu.Length;
        (_contest, _options, _own) = (contest, options, mu);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => Bucket(mu[i])).ThenBy(i => Bucket(sigma[i])).ThenBy(i => contest.First[i])];
        (_mu, _sigma, _steepness, _weight) = (new double[n], new double[n], new double[n], new double[n]);
        (_start, _places) = (new int[n + 1], new int[n]);
        for (int k = 0; k < n; k++)
        {
            int i = order[k], last = _terms - 1;
            _places[k] = contest.First[i];
            if (_terms > 0 && Bucket(_mu[last]) == Bucket(mu[i]) && Bucket(_sigma[last]) == Bucket(sigma[i]))
            {
                double size = k - _start[last];
                _mu[last] = (size * _mu[last] + mu[i]) / (size + 1);
                _sigma[last] = (size * _sigma[last] + sigma[i]) / (size + 1);
            }
            else
            {
                (_mu[_terms], _sigma[_terms], _start[_terms]) = (mu[i], sigma[i], k);
                _terms++;
            }

            _start[_terms] = k + 1;
        }

        for (int t = 0; t < _terms; t++)
        {
            _weight[t] = TanhSum.Multiplier / _sigma[t];
            _steepness[t] = _weight[t] / 2;
        }
    }

    public double Of(int entrant, double reach)
    {
        (int begin, int end) = Window(_own[entrant]);
        double[] ahead = ArrayPool<double>.Shared.Rent(3 * _terms);
        Span<double> behind = ahead.AsSpan(_terms, _terms), tied = ahead.AsSpan(2 * _terms, _terms);
        for (int t = begin; t < end; t++)
        {
            Span<int> places = _places.AsSpan(_start[t].._start[t + 1]);
            int before = places.Length == 1 ? (places[0] < _contest.First[entrant] ? 1 : 0) : Below(places, _contest.First[entrant]);
            int upTo = places.Length == 1 ? (places[0] <= _contest.First[entrant] ? 1 : 0) : Below(places, _contest.First[entrant] + 1);
            (ahead[t], tied[t], behind[t]) = (before, upTo - before, places.Length - upTo);
        }

        double performance = _options.Performance == EloMmrPerformance.Normal
            ? IncreasingRoot.Find(new NormalSum(this, ahead, begin, end), _own[entrant], reach)
            : Logistic(entrant, reach, ahead, begin, end);
        ArrayPool<double>.Shared.Return(ahead);
        return performance;
    }

    /// <summary>Overwrites the counts of those ahead by the terms' weights.</summary>
    private double Logistic(int entrant, double reach, double[] counts, int begin, int end)
    {
        double constant = 0;
        for (int t = begin; t < end; t++)
        {
            double ahead = counts[t], behind = counts[_terms + t], tied = counts[2 * _terms + t];
            constant += _weight[t] * (ahead - behind);
            counts[t] = _weight[t] * (ahead + behind + (_options.SplitTies ? tied : 2 * tied));
        }

        return IncreasingRoot.Find(new TanhSum(constant, 0, _mu, _steepness, counts, begin, end), _own[entrant], reach);
    }

    /// <summary>As many terms as asked for, half of them on each side where there are.</summary>
    private (int Begin, int End) Window(double mean)
    {
        int low = 0, high = _terms;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Bucket(_mu[middle]) < Bucket(mean) ? (middle + 1, high) : (low, middle);
        }

        int begin = low, end = low + 1, most = _options.MaxOpponents;
        int expand = (int)(((long)Math.Max(0, most - 1) + 1) / 2);
        begin = Math.Max(0, begin - expand);
        end = (int)Math.Min(_terms, (long)end + expand);
        expand = Math.Max(0, most - (end - begin));
        return (Math.Max(0, begin - expand), (int)Math.Min(_terms, (long)end + expand));
    }

    private double Bucket(double value) => Math.Round(value / Width, MidpointRounding.AwayFromZero);

    /// <summary>The reference merges within 1e-5 where it does not approximate.</summary>
    private double Width => _options.Bucket > 0 ? _options.Bucket : 1e-5;

    private static int Below(ReadOnlySpan<int> sorted, int value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct NormalSum(NearbyPerformances All, double[] Counts, int Begin, int End) : IIncreasing
    {
        public (double Value, double Slope) At(double x)
        {
            double value = 0, slope = 0;
            for (int t = Begin; t < End; t++)
            {
                double ahead = Counts[t], behind = Counts[All._terms + t], tied = Counts[2 * All._terms + t];
                double sigma = All._sigma[t], z = (x - All._mu[t]) / sigma;
                if (All._options.SplitTies)
                {
                    (ahead, behind, tied) = (ahead + 0.5 * tied, behind + 0.5 * tied, 0);
                }

                (double va, double wa, _) = Truncated.Win(-z, 0);
                (double vb, double wb, _) = Truncated.Win(z, 0);
                value += (ahead * va - behind * vb + tied * z) / sigma;
                slope += (ahead * wa + behind * wb + tied) / (sigma * sigma);
            }

            return (value, slope);
        }
    }
}
