using System.Runtime.InteropServices;

namespace Arena.Ranking;

/// <summary>What is believed about one competitor: a normal distribution of its strength.</summary>
/// <param name="Mu">Its mean.</param>
/// <param name="Sigma">Its standard deviation.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Skill(double Mu, double Sigma)
{
    /// <summary>The conservative score μ − z σ ("ordinal", "exposure"): high only for those who are good and well known.</summary>
    /// <param name="z">How many deviations to subtract. Default: 3.</param>
    public double Ordinal(double z = 3) => Mu - z * Sigma;
}
