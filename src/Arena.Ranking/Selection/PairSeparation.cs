namespace Arena.Ranking.Selection;

/// <summary>
/// "Pairs separated so far", from the direct votes between two competitors, for watching live: every pair carries the capital
/// of two gamblers who bet that its win rate is above, and below, ½ (Waudby-Smith, Ramdas 2024). 1/(largest capital so far) is
/// a p-value that holds at all times, and Holm's correction covers all pairs: with probability at least the confidence no
/// pair is ever called separated that is not. What is separated stays so.
/// </summary>
/// <remarks>
/// Needs no model and holds under any matchmaking that does not look into the future; votes of one voter must not depend on
/// each other. Weights only say whether a ballot counts (above 0). It uses direct votes only, so a fit separates sooner:
/// <see cref="Anytime"/>. Not safe for several threads at once.
/// </remarks>
public sealed class PairSeparation
{
    private readonly Gambler[] _pairs;
    private readonly double _alpha;

    /// <summary>No vote yet.</summary>
    /// <param name="competitors">n, at least 2.</param>
    /// <param name="confidence">Level. Default: 0.95.</param>
    public PairSeparation(int competitors, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(competitors, 2);
        if (!(confidence is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence lies between 0 and 1, such as 0.95.");
        }

        Competitors = competitors;
        _alpha = 1 - confidence;
        _pairs = new Gambler[competitors * (competitors - 1) / 2];
        Array.Fill(_pairs, new Gambler());
    }

    /// <summary>n.</summary>
    public int Competitors { get; }

    /// <summary>Takes one vote.</summary>
    /// <param name="first">A competitor.</param>
    /// <param name="second">Another.</param>
    /// <param name="score">1 when the first is better, 0 when the second is, ½ for a tie.</param>
    public void Add(int first, int second, double score)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, Competitors);
        ArgumentOutOfRangeException.ThrowIfNegative(second);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, Competitors);
        ArgumentOutOfRangeException.ThrowIfEqual(second, first);
        if (!(score is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies between 0 and 1.");
        }

        bool swap = first > second;
        _pairs[PairComparisons.IndexOf(swap ? second : first, swap ? first : second, Competitors)].Bet(swap ? 1 - score : score);
    }

    /// <summary>Takes every pair that the ballot orders or calls equal.</summary>
    public void Add(in Ballot ballot)
    {
        if (ballot.Weight <= 0)
        {
            return;
        }

        for (int a = 0; a < ballot.Length; a++)
        {
            for (int b = a + 1; b < ballot.Length; b++)
            {
                bool same = ballot.Tier(a) == ballot.Tier(b);
                if (!same || ballot.KindOfTier(a) == TierKind.Tied)
                {
                    Add(ballot.Competitors[a], ballot.Competitors[b], same ? 0.5 : 1);
                }
            }
        }
    }

    /// <summary>The pairs separated so far, the better one first, surest first.</summary>
    public IReadOnlyList<SeparatedPair> Separated()
    {
        var candidates = new List<SeparatedPair>();
        for (int a = 0, at = 0; a < Competitors; a++)
        {
            for (int b = a + 1; b < Competitors; b++, at++)
            {
                if (_pairs[at].PValue <= _alpha)
                {
                    candidates.Add(_pairs[at].FirstIsBetter ? new SeparatedPair(a, b, _pairs[at].PValue) : new SeparatedPair(b, a, _pairs[at].PValue));
                }
            }
        }

        return Corrected(candidates, _pairs.Length, _alpha);
    }

    /// <summary>
    /// The pairs that a fit separates in a way that may be looked at after every vote: z = difference/standard error against
    /// Robbins' mixture in place of the normal curve, Holm-corrected over all pairs; for large numbers of ballots.
    /// </summary>
    /// <param name="standings">A fit with standard errors.</param>
    /// <param name="confidence">Level. Default: 0.95.</param>
    /// <param name="tunedFor">Ballots near which it is sharpest. Default: 1,000.</param>
    public static IReadOnlyList<SeparatedPair> Anytime(Standings standings, double confidence = 0.95, double tunedFor = 1000)
    {
        ArgumentNullException.ThrowIfNull(standings);
        int n = standings.Competitors.Count;
        var candidates = new List<SeparatedPair>();
        for (int a = 0; a < n; a++)
        {
            for (int b = a + 1; b < n; b++)
            {
                PairComparison pair = standings.Pairs[a, b];
                double p = pair.StandardError > 0 && double.IsFinite(pair.StandardError)
                    ? GaussianSequence.PValue(pair.Difference / pair.StandardError, standings.Evidence.Clusters, confidence, tunedFor)
                    : 1;
                if (p <= 1 - confidence)
                {
                    candidates.Add(pair.Difference > 0 ? new SeparatedPair(a, b, p) : new SeparatedPair(b, a, p));
                }
            }
        }

        return Corrected(candidates, n * (n - 1) / 2, 1 - confidence);
    }

    /// <summary>Those of the pairs with a small p-value that stay after Holm's correction, surest first.</summary>
    private static List<SeparatedPair> Corrected(List<SeparatedPair> candidates, int tests, double alpha)
    {
        double[] adjusted = Holm.Adjust([.. candidates.Select(c => c.PValue)], tests);
        List<SeparatedPair> separated = [.. candidates.Zip(adjusted, (c, p) => c with { PValue = p }).Where(c => c.PValue <= alpha)];
        separated.Sort((x, y) => x.PValue.CompareTo(y.PValue));
        return separated;
    }

    /// <summary>The two gamblers of a pair; capital as logarithm.</summary>
    private struct Gambler
    {
        private int _count;
        private double _up;
        private double _down;
        private double _sum;
        private double _squares;
        private double _spread = 0.25;
        private double _most;

        public Gambler()
        {
        }

        public bool FirstIsBetter { get; private set; }

        public readonly double PValue => Math.Exp(-_most);

        public void Bet(double score)
        {
            _count++;
            // both stakes depend on the votes before this one only, and stay below half of what ruins
            double bet = Math.Min(1, Math.Sqrt(2 * Math.Log(2 / 0.05) / (_spread * _count * double.LogP1(_count))));
            _up += double.LogP1(bet * (score - 0.5));
            _down += double.LogP1(-bet * (score - 0.5));
            double most = Math.Max(_up, _down);
            double capital = most + Math.Log(0.5 * (Math.Exp(_up - most) + Math.Exp(_down - most)));
            if (capital > _most)
            {
                (_most, FirstIsBetter) = (capital, _up > _down);
            }

            _sum += score;
            double guess = (0.5 + _sum) / (_count + 1);
            _squares += (score - guess) * (score - guess);
            _spread = (0.25 + _squares) / (_count + 1);
        }
    }
}

/// <summary>Two competitors of which one is certainly better.</summary>
/// <param name="Better">Index of the better one.</param>
/// <param name="Worse">Index of the other.</param>
/// <param name="PValue">Corrected for all pairs, and valid at all times.</param>
public sealed record SeparatedPair(int Better, int Worse, double PValue);
