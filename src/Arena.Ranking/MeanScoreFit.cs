using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>One fit of <see cref="MeanScore"/>: the state its steps share.</summary>
internal sealed class MeanScoreFit
{
    private const int FewForBootstrap = 10;

    private readonly ScoreScale _scale;
    private readonly SamplePatterns _patterns;
    private readonly Evidence[] _evidence;
    private readonly FitOptions _options;
    private readonly Quantiles _quantiles;
    private readonly int _n;
    private readonly double[] _mean;
    private readonly double[] _weight;
    private readonly double[] _weightSquared;
    private readonly double[] _groupWeight;
    private readonly double _range;
    private readonly double _imagined;
    private readonly bool _complete;
    private readonly bool _unweighted;

    public MeanScoreFit(ScoreScale scale, SamplePatterns patterns, Evidence[] evidence, FitOptions options)
    {
        (_scale, _patterns, _evidence, _options, _n) = (scale, patterns, evidence, options, patterns.Competitors);
        _quantiles = new Quantiles(options.Confidence);
        _mean = new double[_n];
        _weight = new double[_n];
        _weightSquared = new double[_n];
        _unweighted = Array.TrueForAll(patterns.Weight, w => w.Equals(1.0));
        _complete = Array.TrueForAll(patterns.Measured, m => m);
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> row = patterns.Row(i);
            double sum = 0;
            for (int p = 0; p < row.Length; p++)
            {
                if (!double.IsNaN(row[p]))
                {
                    double w = patterns.Count[p] * patterns.Weight[p];
                    (sum, _weight[i]) = (sum + w * row[p], _weight[i] + w);
                    _weightSquared[i] += w * patterns.Weight[p];
                    (low, high) = (Math.Min(low, row[p]), Math.Max(high, row[p]));
                }
            }

            _mean[i] = sum / _weight[i];
        }

        _range = high - low;
        _imagined = _quantiles.ImaginedSamples(_n * (_n - 1) / 2);
        _groupWeight = new double[patterns.Groups];
        for (int g = 0; g < _groupWeight.Length; g++)
        {
            for (int p = patterns.GroupStart[g]; p < patterns.GroupStart[g + 1]; p++)
            {
                _groupWeight[g] += patterns.Count[p] * patterns.Weight[p];
            }
        }
    }

    private double Sign => _scale.Direction == ScoreDirection.HigherIsBetter ? 1 : -1;

    public Standings Run(Evidence board, int groupLimit = MeanScoreBootstrap.GroupLimit)
    {
        PairEstimate[] estimates = Pairs();
        (double[] maxima, double[] ownDeviations) =
            new MeanScoreBootstrap(_patterns, _mean, _weight, _groupWeight, estimates, _options, groupLimit).Run();
        (PairComparisons pairs, double critical) = SimultaneousRanks.Separate(_n, estimates, maxima, _quantiles);
        (int Low, int High)[] ranks = SimultaneousRanks.Ranks(pairs);
        double[] offsets = AdditiveOffsets.Of(_patterns, _mean, _groupWeight, out bool linked);
        var competitors = new Standing[_n];
        for (int i = 0; i < _n; i++)
        {
            (double low, double high) = OwnInterval(i, ownDeviations);
            (low, high) = Sign > 0 ? (low, high) : (-high, -low);
            // + 0.0 turns the -0 of a negated 0 into 0
            competitors[i] = new Standing(
                i, Sign * _mean[i] + 0.0, low + 0.0, high + 0.0, offsets[i], ranks[i].Low, ranks[i].High, _evidence[i])
            {
                StandardError = OwnError(i, ownDeviations),
            };
        }

        return new Standings
        {
            Method = MeanScore.Name,
            Confidence = _options.Confidence,
            Competitors = competitors,
            Order = SimultaneousRanks.Order(offsets),
            Pairs = pairs,
            Evidence = board,
            Intervals = IntervalKind.Bootstrap,
            Diagnostics = new FitDiagnostics(0, StopReason.ClosedForm, critical, Notes(pairs, linked)),
        };
    }

    /// <summary>Mean scores in score units, and the order of a board, without intervals.</summary>
    public (double[] Means, int[] Order) Means() =>
        ([.. _mean.Select(m => Sign * m + 0.0)], SimultaneousRanks.Order(AdditiveOffsets.Of(_patterns, _mean, _groupWeight, out _)));

    private PairEstimate[] Pairs()
    {
        PairMoments[] moments = new PairMomentSums(_patterns, _scale.TieMargin).All(_options.MaxDegreeOfParallelism);
        return [.. moments.Select(m => Pair(m, moments.Length))];
    }

    private PairEstimate Pair(PairMoments m, int pairs)
    {
        int samples = m.CommonSamples;
        if (m.D2.Equals(0.0) || samples < 2)
        {
            // alike on all of m samples: a share of 1 − (α/2)^(1/m) or more that differs would have shown (the rule of three)
            double alpha = 1 - _options.Confidence;
            double Bound(double level) => samples == 0 || m.D2 > 0 ? 2 * _range : _range * (1 - Math.Pow(level / 2, 1.0 / samples));
            return new PairEstimate(m.Mean, 0, 0, samples, samples, m.DiscordantSamples, (Bound(alpha), Bound(alpha / Math.Max(1, pairs))));
        }

        double imagined = m.D2 / m.EffectiveDiscordant;
        double error = Math.Sqrt(m.Centred * samples / (samples - 1) + imagined) / m.Weight;
        double scale = Math.Sqrt(m.D2 + _imagined * imagined) / m.Weight;
        return new PairEstimate(m.Mean, error, scale, m.EffectiveSamples, samples, m.DiscordantSamples);
    }

    private (double Low, double High) OwnInterval(int i, double[] ownDeviations)
    {
        int samples = _evidence[i].Observations;
        if (_scale.Kind == ScoreKind.Binary && _unweighted)
        {
            double share = Math.Abs(_mean[i]);
            if (Math.Min(share, 1 - share) * samples < FewForBootstrap)
            {
                (double from, double to) = _quantiles.Wilson(share, samples);
                return _scale.Direction == ScoreDirection.LowerIsBetter ? (-to, -from) : (from, to);
            }
        }

        if (samples < 2)
        {
            // one score says nothing about spread: only the range of all scores bounds the mean
            return (_mean[i] - _range, _mean[i] + _range);
        }

        Span<double> own = ownDeviations.AsSpan(i * _options.Rounds, _options.Rounds);
        own.Sort();
        (double low, double high) = _quantiles.Central(own);
        double factor = _quantiles.SmallSampleFactor(Math.Max(2, PairMoments.EffectiveCount(_weight[i], _weightSquared[i])));
        return (_mean[i] + factor * low, _mean[i] + factor * high);
    }

    /// <summary>Root mean square of the rounds' deviations.</summary>
    private double OwnError(int i, double[] ownDeviations)
    {
        if (_evidence[i].Observations < 2)
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        foreach (double deviation in ownDeviations.AsSpan(i * _options.Rounds, _options.Rounds))
        {
            sum += deviation * deviation;
        }

        return Math.Sqrt(sum / _options.Rounds);
    }

    private List<string> Notes(PairComparisons pairs, bool linked)
    {
        var notes = new List<string>();
        if (!_complete)
        {
            notes.Add("Some scores are missing: order, differences and ranks compare competitors over the samples they share.");
        }

        if (!linked)
        {
            notes.Add("Some groups of competitors share no sample: between them the order is that of their means, and no pair is separated.");
        }

        if (pairs.Count > 0 && Enumerable.Range(0, _n).Any(i => _evidence[i].Observations < 2))
        {
            notes.Add("A competitor with a single sample has no measured spread: its interval spans the range of all scores.");
        }

        return notes;
    }
}
