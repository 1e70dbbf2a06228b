using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking.Games;

/// <summary>Steps α or the noise until the stationary distribution stays.</summary>
internal sealed class SweepRun(ResponseSpace space, AlphaRankSweepOptions options)
{
    /// <summary>From here on e^x is no double.</summary>
    private const double Overflow = 709.782712893384;

    private const double SameEigenvalue = 1e-10;

    private readonly AlphaRankOptions _fit = new()
    {
        PopulationSize = options.PopulationSize,
        LocalSelection = options.LocalSelection,
        MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
    };

    public AlphaRankSweep OverAlpha()
    {
        double most = space.GainRange().Most;
        double limit = TransitionRates.MostAlpha(space, options.PopulationSize);
        if (options.StartAlpha > limit)
        {
            throw new RankingException(new Diagnosis.SelectionTooStrong(options.StartAlpha, limit));
        }

        // so long as even the largest gain is nearly neutral, π has not begun to move
        double settled = options.OpenSpielCompatible || most == 0 ? 0 : 1 / (most * options.PopulationSize);
        return Run(
            options.StartAlpha,
            options.AlphaFactor,
            1,
            alpha => alpha <= limit,
            alpha => alpha >= settled,
            alpha => alpha * most > Overflow,
            alpha => _fit with { Alpha = alpha });
    }

    public AlphaRankSweep OverNoise() => Run(
        options.StartNoise,
        options.NoiseFactor,
        11,
        // below this the chain's rates still count, but 1 − ε is 1
        noise => noise > 1e-300,
        _ => true,
        _ => false,
        noise => _fit with { Alpha = double.PositiveInfinity, Noise = noise });

    /// <summary>Number of eigenvalues of the transition matrix that a solver cannot tell from 1.</summary>
    public static int EigenvaluesAtOne(ResponseSpace space, AlphaRankOptions fit)
    {
        int n = space.States;
        var rates = new TransitionRates(space, fit);
        var chain = Matrix<double>.Build.Dense(n, n);
        var to = new int[space.Neighbours];
        var gains = new double[space.Neighbours];
        for (int s = 0; s < n; s++)
        {
            space.Fill(s, to, gains);
            double sum = 0;
            for (int k = 0; k < to.Length; k++)
            {
                sum += chain[s, to[k]] = space.MutationShare * rates.Of(s, to[k], gains[k]).ToDouble();
            }

            chain[s, s] = 1 - sum;
        }

        return chain.Evd().EigenValues.Count(value => (value - 1).Magnitude < SameEigenvalue);
    }

    private AlphaRankSweep Run(
        double value,
        double factor,
        int fewest,
        Predicate<double> inRange,
        Predicate<double> mayStop,
        Predicate<double> overflows,
        Func<double, AlphaRankOptions> at)
    {
        var steps = new List<AlphaRankSweepStep>();
        for (int tried = 0; tried < options.MaxSteps && inRange(value); tried++)
        {
            AlphaRankOptions fit = at(value);
            if (options.OpenSpielCompatible && (overflows(value) || EigenvaluesAtOne(space, fit) != 1))
            {
                value /= factor;
                factor = (factor + 1) / 2;
                value *= factor;
                continue;
            }

            double[] mass = AlphaRankFit.Distribution(space, fit).Mass;
            bool same = steps.Count >= fewest && mayStop(value) && Same(mass, steps[^1].Mass);
            steps.Add(new AlphaRankSweepStep(value, mass));
            if (same)
            {
                return new AlphaRankSweep(steps, true);
            }

            value *= factor;
        }

        return new AlphaRankSweep(steps, false);
    }

    private bool Same(double[] mass, IReadOnlyList<double> before)
    {
        for (int i = 0; i < mass.Length; i++)
        {
            if (Math.Abs(mass[i] - before[i]) > options.AbsoluteTolerance + options.RelativeTolerance * Math.Abs(before[i]))
            {
                return false;
            }
        }

        return true;
    }
}
