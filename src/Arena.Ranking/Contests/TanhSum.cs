using System.Numerics;

namespace Arena.Ranking.Contests;

/// <summary>constant + slope·x + Σ weight·tanh((x − centre)·steepness), as many terms at a time as a vector holds.</summary>
/// <param name="Constant">What stands outside the sum.</param>
/// <param name="Slope">Per unit of x, outside the sum.</param>
/// <param name="Centre">One a term.</param>
/// <param name="Steepness">One a term.</param>
/// <param name="Weight">One a term.</param>
/// <param name="Start">First term.</param>
/// <param name="End">After the last one.</param>
internal readonly record struct TanhSum(
    double Constant,
    double Slope,
    double[] Centre,
    double[] Steepness,
    double[] Weight,
    int Start,
    int End) : IIncreasing
{
    /// <summary>π/√3: what makes a logistic distribution of a given deviation.</summary>
    public static readonly double Multiplier = Math.PI / Math.Sqrt(3);

    public (double Value, double Slope) At(double x)
    {
        int lanes = Vector<double>.Count, k = Start;
        Vector<double> values = Vector<double>.Zero, slopes = Vector<double>.Zero, one = Vector<double>.One, two = one + one, at = new(x);
        for (; k + lanes <= End; k += lanes)
        {
            Vector<double> steepness = new(Steepness, k), weight = new(Weight, k);
            Vector<double> tanh = one - two / (one + Vector.Exp(two * (at - new Vector<double>(Centre, k)) * steepness));
            values += weight * tanh;
            slopes += weight * steepness * (one - tanh * tanh);
        }

        double value = Constant + Slope * x + Vector.Sum(values), slope = Slope + Vector.Sum(slopes);
        for (; k < End; k++)
        {
            double tanh = Math.Tanh((x - Centre[k]) * Steepness[k]);
            value += Weight[k] * tanh;
            slope += Weight[k] * Steepness[k] * (1 - tanh * tanh);
        }

        return (value, slope);
    }
}
