using System.Runtime.InteropServices;

namespace Arena.Ranking.Numerics;

/// <summary>
/// A number ≥ 0 as mantissa · 2^exponent, the mantissa in [1, 2) or 0: a double's precision at any size. Fixation rates of
/// e^−100,000 are ordinary at strong selection, and their ratios decide the ranking.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ScaledDouble(double mantissa, double exponent)
{
    /// <summary>Below every exponent that occurs, and far enough from the edge of exact whole numbers that two of it add up.</summary>
    public const double ZeroExponent = -1e15;

    /// <summary>Largest exponent, either way, of a single rate: sums over a path of rates stay exact.</summary>
    public const double MostExponent = 1e10;

    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    public double Mantissa { get; } = mantissa;

    /// <summary>A whole number.</summary>
    public double Exponent { get; } = exponent;

    public static ScaledDouble Zero => new(0, ZeroExponent);

    public static ScaledDouble One => new(1, 0);

    public bool IsZero => Mantissa == 0;

    /// <summary>Natural logarithm; −∞ of 0.</summary>
    public double Log => IsZero ? double.NegativeInfinity : Math.Log(Mantissa) + Exponent * Math.Log(2);

    public static ScaledDouble operator *(ScaledDouble a, ScaledDouble b) => Of(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    public static ScaledDouble operator /(ScaledDouble a, ScaledDouble b) => Of(a.Mantissa / b.Mantissa, a.Exponent - b.Exponent);

    public static ScaledDouble operator +(ScaledDouble a, ScaledDouble b) => a.Exponent >= b.Exponent
        ? Of(a.Mantissa + b.Mantissa * PowerOfTwo(b.Exponent - a.Exponent), a.Exponent)
        : b + a;

    /// <summary>Of a mantissa of any size.</summary>
    public static ScaledDouble Of(double mantissa, double exponent = 0)
    {
        if (mantissa <= 0)
        {
            return Zero;
        }

        long bits = BitConverter.DoubleToInt64Bits(mantissa);
        if (bits < 1L << 52)
        {
            // a subnormal number: its leading bit is not where the others have it
            return Of(mantissa * (1L << 54), exponent - 54);
        }

        return new ScaledDouble(BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | (1023L << 52)), exponent + (bits >> 52) - 1023);
    }

    /// <summary>e^x; ln 2 is taken off in two parts, so that the mantissa keeps what x knows.</summary>
    public static ScaledDouble Exp(double x)
    {
        double exponent = Math.Round(x / Math.Log(2));
        return Of(Math.Exp(Math.FusedMultiplyAdd(-exponent, Ln2High, x) - exponent * Ln2Low), exponent);
    }

    /// <summary>As a plain double, 0 where that is too small.</summary>
    public double ToDouble() => IsZero || Exponent < -1080 ? 0 : Math.ScaleB(Mantissa, (int)Exponent);

    /// <summary>2^difference for a difference of at most 0; 0 where it would not matter beside 1.</summary>
    private static double PowerOfTwo(double difference) => difference < -1000 ? 0 : BitConverter.Int64BitsToDouble((long)(1023 + difference) << 52);
}
