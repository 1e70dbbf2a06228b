namespace Arena.Ranking.Online;

/// <summary>
/// Weng, Lin 2011, algorithm 1: over all opponents q, Ω = Σ (σ²/c)(s − p), Δ = Σ γ(σ²/c²) p(1 − p), p = 1/(1 + e^{(μq − μi)/c}),
/// c² = σi² + σq² + 2β², s = 1, ½ or 0. Pairs that nobody ordered are left out.
/// </summary>
internal sealed class BradleyTerryRule(double beta, WengLinGamma gamma, double kappa) : UpdateRule
{
    public override double Floor => kappa;

    public override void Apply(Slate slate)
    {
        int n = slate.Count;
        slate.Omega.AsSpan(0, n).Clear();
        slate.Delta.AsSpan(0, n).Clear();
        for (int i = 0; i < n; i++)
        {
            for (int q = i + 1; q < n; q++)
            {
                if (slate.Incomparable(i, q))
                {
                    continue;
                }

                double vi = slate.Variance[i], vq = slate.Variance[q];
                double c2 = vi + vq + 2 * beta * beta, c = Math.Sqrt(c2);
                double p = 1 / (1 + Math.Exp((slate.Mu[q] - slate.Mu[i]) / c));
                double gain = ((slate.Tier[i] == slate.Tier[q] ? 0.5 : 1) - p) / c, spread = p * (1 - p) / c2;
                slate.Omega[i] += vi * gain;
                slate.Omega[q] -= vq * gain;
                slate.Delta[i] += Slow(gamma, vi, c, n) * vi * spread;
                slate.Delta[q] += Slow(gamma, vq, c, n) * vq * spread;
            }
        }
    }

    internal static double Slow(WengLinGamma gamma, double variance, double c, int size) => gamma switch
    {
        WengLinGamma.SigmaOverC => Math.Sqrt(variance) / c,
        WengLinGamma.OneOverSize => 1.0 / size,
        _ => 1,
    };
}
