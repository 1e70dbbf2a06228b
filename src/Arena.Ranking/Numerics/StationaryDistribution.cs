using System.Numerics;

namespace Arena.Ranking.Numerics;

/// <summary>
/// The stationary distribution of an irreducible Markov chain by elimination of states (Grassmann, Taksar, Heyman 1985):
/// only sums, products and quotients of numbers ≥ 0, so nothing cancels and every probability has full relative precision,
/// however close to decomposable the chain is. Mantissas and exponents are kept apart, so nothing underflows either.
/// </summary>
/// <remarks>n³/3 steps. States are eliminated in panels: a row outside takes all pivots of a panel while it lies in the cache.</remarks>
internal sealed class StationaryDistribution
{
    private const int Panel = 16;

    /// <summary>Fewer rows than this are done before other threads have woken.</summary>
    private const int SmallestParallel = 128;

    /// <summary>Adding it to d in −1023 … 0 leaves 1023 + d, the bits of 2^d's exponent, in the lowest bits.</summary>
    private const double ExponentBias = (1L << 52) + 1023;

    private readonly int _stride;
    private readonly double[] _mantissas;
    private readonly double[] _exponents;

    /// <summary>A chain without rates.</summary>
    /// <param name="states">n.</param>
    public StationaryDistribution(int states)
    {
        States = states;
        // whole vectors a row: what lies right of the diagonal may be overwritten with rubbish
        _stride = (states + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _mantissas = new double[(long)states * _stride];
        _exponents = new double[(long)states * _stride];
        Array.Fill(_exponents, ScaledDouble.ZeroExponent);
    }

    public int States { get; }

    /// <summary>Sets the rate of going from one state to another one; rates need not add up to 1.</summary>
    public void SetRate(int from, int to, ScaledDouble rate)
    {
        long at = (long)from * _stride + to;
        _mantissas[at] = rate.Mantissa;
        _exponents[at] = rate.Exponent;
    }

    /// <summary>The distribution of a chain given by its rates.</summary>
    /// <param name="rates">n × n, rate from the row to the column; the diagonal is not read.</param>
    /// <param name="states">n.</param>
    /// <param name="threads">Threads to use at most; −1 is one a core. Changes the time only.</param>
    public static double[] Of(double[] rates, int states, int threads)
    {
        var chain = new StationaryDistribution(states);
        for (int from = 0; from < states; from++)
        {
            for (int to = 0; to < states; to++)
            {
                chain.SetRate(from, to, ScaledDouble.Of(rates[from * states + to]));
            }
        }

        return chain.Solve(threads);
    }

    /// <summary>Solves, using up the rates.</summary>
    /// <param name="threads">Threads to use at most; −1 is one a core. Changes the time only.</param>
    /// <exception cref="InvalidOperationException">Some state leads nowhere: the chain is not irreducible.</exception>
    public double[] Solve(int threads)
    {
        int n = States;
        // share[k, i]: how often state i leads to the eliminated state k before another one of lower number
        var share = new ScaledDouble[n * (long)n];
        for (int top = n; top > 1;)
        {
            int low = Math.Max(1, top - Panel);
            var leaving = new ScaledDouble[top - low];
            for (int k = top - 1; k >= low; k--)
            {
                leaving[k - low] = NormaliseRow(k);
                for (int i = low; i < k; i++)
                {
                    Eliminate(i, k, leaving[k - low], share);
                }
            }

            if (threads != 1 && low >= SmallestParallel)
            {
                int last = top - 1;
                Parallel.For(0, low, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => EliminatePanel(i, low, last, leaving, share));
            }
            else
            {
                for (int i = 0; i < low; i++)
                {
                    EliminatePanel(i, low, top - 1, leaving, share);
                }
            }

            top = low;
        }

        return Substitute(share);
    }

    private void EliminatePanel(int row, int low, int last, ScaledDouble[] leaving, ScaledDouble[] share)
    {
        for (int k = last; k >= low; k--)
        {
            Eliminate(row, k, leaving[k - low], share);
        }
    }

    /// <summary>Brings the mantissas of a row into [1, 2), and adds its rates to states of lower number up.</summary>
    private ScaledDouble NormaliseRow(int k)
    {
        Span<double> mantissas = Row(_mantissas, k), exponents = Row(_exponents, k);
        double most = double.NegativeInfinity;
        for (int j = 0; j < k; j++)
        {
            long bits = BitConverter.DoubleToInt64Bits(mantissas[j]);
            if (bits != 0)
            {
                exponents[j] += (bits >> 52) - 1023;
                mantissas[j] = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52));
                most = Math.Max(most, exponents[j]);
            }
        }

        double sum = 0;
        for (int j = 0; j < k; j++)
        {
            double below = exponents[j] - most;
            sum += below < -1000 ? 0 : mantissas[j] * Power(below);
        }

        return sum > 0
            ? ScaledDouble.Of(sum, most)
            : throw new InvalidOperationException($"State {k} leads to no state of lower number: the chain is not irreducible.");
    }

    private void Eliminate(int i, int k, ScaledDouble leaving, ScaledDouble[] share)
    {
        long at = (long)i * _stride + k;
        ScaledDouble factor = ScaledDouble.Of(_mantissas[at], _exponents[at]) / leaving;
        share[(long)k * States + i] = factor;
        if (!factor.IsZero)
        {
            AddRow(Row(_mantissas, i), Row(_exponents, i), Row(_mantissas, k), Row(_exponents, k), factor, k);
        }
    }

    /// <summary>Adds factor · source to a row, in the first so many columns.</summary>
    private static void AddRow(Span<double> mantissas, Span<double> exponents, ReadOnlySpan<double> sourceMantissas, ReadOnlySpan<double> sourceExponents, ScaledDouble factor, int columns)
    {
        Vector<double> factorMantissa = new(factor.Mantissa), factorExponent = new(factor.Exponent), least = new(-1000), bias = new(ExponentBias);
        for (int j = 0; j < columns; j += Vector<double>.Count)
        {
            var own = new Vector<double>(exponents[j..]);
            Vector<double> other = factorExponent + new Vector<double>(sourceExponents[j..]);
            Vector<double> most = Vector.Max(own, other);
            Vector<double> ownScale = Power(own - most, least, bias), otherScale = Power(other - most, least, bias);
            (new Vector<double>(mantissas[j..]) * ownScale + factorMantissa * new Vector<double>(sourceMantissas[j..]) * otherScale).CopyTo(mantissas[j..]);
            most.CopyTo(exponents[j..]);
        }
    }

    private static Vector<double> Power(Vector<double> difference, Vector<double> least, Vector<double> bias) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(Vector.Max(difference, least) + bias), 52));

    /// <summary>2^difference, for −1000 … 0.</summary>
    private static double Power(double difference) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(difference + ExponentBias) << 52);

    private double[] Substitute(ScaledDouble[] share)
    {
        int n = States;
        var weights = new ScaledDouble[n];
        weights[0] = ScaledDouble.One;
        double most = 0;
        for (int k = 1; k < n; k++)
        {
            ScaledDouble weight = ScaledDouble.Zero;
            ReadOnlySpan<ScaledDouble> row = share.AsSpan(k * n, k);
            for (int i = 0; i < k; i++)
            {
                if (!row[i].IsZero)
                {
                    weight += weights[i] * row[i];
                }
            }

            weights[k] = weight;
            most = Math.Max(most, weight.Exponent);
        }

        var distribution = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            distribution[k] = new ScaledDouble(weights[k].Mantissa, weights[k].Exponent - most).ToDouble();
            sum += distribution[k];
        }

        for (int k = 0; k < n; k++)
        {
            distribution[k] /= sum;
        }

        return distribution;
    }

    private Span<double> Row(double[] values, int row) => values.AsSpan(checked((int)((long)row * _stride)), _stride);
}
