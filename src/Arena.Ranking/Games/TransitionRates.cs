using Arena.Ranking.Numerics;

namespace Arena.Ranking.Games;

/// <summary>Rates between profiles under the options' model: fixation probabilities, or their limit at infinite selection.</summary>
internal sealed class TransitionRates
{
    /// <summary>Fewer rates than this are done before other threads have woken.</summary>
    private const int SmallestParallel = 20_000;

    private readonly ResponseSpace _space;
    private readonly AlphaRankOptions _options;
    private readonly double? _sum;
    private readonly bool _global;

    public TransitionRates(ResponseSpace space, AlphaRankOptions options)
    {
        (_space, _options) = (space, options);
        _global = space.Tables.IsSymmetric && !options.LocalSelection && !options.IsInfinite;
        _sum = _global ? ConstantSum.Of(space.Tables) : null;
    }

    /// <summary>Largest selection intensity whose rates stay in range.</summary>
    public static double MostAlpha(ResponseSpace space, int populationSize)
    {
        ReadOnlySpan<double> payoffs = space.Tables.Payoffs(0);
        double range = space.GainRange().Most;
        for (int i = 0; space.Tables.IsSymmetric && i < payoffs.Length; i++)
        {
            range = Math.Max(range, 2 * Math.Abs(payoffs[i]));
        }

        return ScaledDouble.MostExponent / (populationSize * range);
    }

    /// <summary>The rate of a mutation that leads from one profile to another and gains so much; without the share of mutations.</summary>
    public ScaledDouble Of(int from, int to, double gain)
    {
        if (_options.IsInfinite)
        {
            return ScaledDouble.Of(gain > 0 ? 1 - _options.Noise : gain < 0 ? _options.Noise : 0.5);
        }

        int m = _options.PopulationSize;
        if (!_global)
        {
            return Fixation.Probability(_options.Alpha * gain, m);
        }

        int n = _space.States;
        ReadOnlySpan<double> payoffs = _space.Tables.Payoffs(0);
        double mutant = payoffs[to * n + from];
        return _sum is { } sum
            ? Fixation.Probability(_options.Alpha * m / (m - 1) * (mutant - sum / 2), m)
            : Fixation.GlobalProbability(payoffs[to * n + to], mutant, payoffs[from * n + to], payoffs[from * n + from], _options.Alpha, m);
    }

    /// <summary>All rates, for elimination.</summary>
    public StationaryDistribution Dense(int threads)
    {
        var chain = new StationaryDistribution(_space.States);
        ScaledDouble share = ScaledDouble.Of(_space.MutationShare);
        if ((long)_space.States * _space.Neighbours < SmallestParallel)
        {
            threads = 1;
        }

        if (threads == 1)
        {
            var buffers = Buffers();
            for (int from = 0; from < _space.States; from++)
            {
                SetRates(chain, from, buffers, share);
            }

            return chain;
        }

        Parallel.For(0, _space.States, new ParallelOptions { MaxDegreeOfParallelism = threads }, Buffers, (from, _, buffers) =>
        {
            SetRates(chain, from, buffers, share);
            return buffers;
        }, _ => { });
        return chain;
    }

    private (int[] To, double[] Gains) Buffers() => (new int[_space.Neighbours], new double[_space.Neighbours]);

    private void SetRates(StationaryDistribution chain, int from, (int[] To, double[] Gains) buffers, ScaledDouble share)
    {
        _space.Fill(from, buffers.To, buffers.Gains);
        for (int k = 0; k < buffers.To.Length; k++)
        {
            chain.SetRate(from, buffers.To[k], Of(from, buffers.To[k], buffers.Gains[k]) * share);
        }
    }
}
