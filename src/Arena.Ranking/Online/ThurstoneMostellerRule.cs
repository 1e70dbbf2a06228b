namespace Arena.Ranking.Online;

/// <summary>
/// Weng, Lin 2011, algorithm 3: as <see cref="BradleyTerryRule"/> with normal comparisons, x = (μi − μq)/c, margin ε/c; a win adds
/// (σ²/c) V(x) and takes γ(σ²/c²) W(x), a tie Ṽ and W̃. With γ = 1, ε = 0 it is K-Sort Arena's equations 9 and 10.
/// </summary>
/// <param name="beta">Deviation of a performance.</param>
/// <param name="epsilon">Draw margin.</param>
/// <param name="gamma">How much slower σ shrinks.</param>
/// <param name="kappa">Least share of the variance that survives.</param>
/// <param name="averaged">Whether sums are divided by the number of opponents.</param>
internal sealed class ThurstoneMostellerRule(double beta, double epsilon, WengLinGamma gamma, double kappa, bool averaged = false) : UpdateRule
{
    /// <summary>openskill's threshold, so that numbers agree.</summary>
    private const double LittleMass = 1e-5;

    public override double Floor => kappa;

    public override void Apply(Slate slate)
    {
        int n = slate.Count;
        slate.Omega.AsSpan(0, n).Clear();
        slate.Delta.AsSpan(0, n).Clear();
        double share = averaged ? 1.0 / (n - 1) : 1;
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
                double x = (slate.Mu[i] - slate.Mu[q]) / c, margin = epsilon / c;
                (double v, double w, _) = slate.Tier[i] == slate.Tier[q] ? Truncated.Draw(x, margin, LittleMass) : Truncated.Win(x, margin);
                double gain = share * v / c, spread = share * w / c2;
                slate.Omega[i] += vi * gain;
                slate.Omega[q] -= vq * gain;
                slate.Delta[i] += BradleyTerryRule.Slow(gamma, vi, c, n) * vi * spread;
                slate.Delta[q] += BradleyTerryRule.Slow(gamma, vq, c, n) * vq * spread;
            }
        }
    }
}
