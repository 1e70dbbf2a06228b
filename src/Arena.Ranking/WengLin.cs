using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Online;
using MathNet.Numerics.Distributions;

namespace Arena.Ranking;

/// <summary>
/// Online Bayesian ratings of slates of any size (Weng, Lin: A Bayesian approximation method for online ranking, JMLR 12, 2011).
/// Every strength is N(μ, σ²); a ballot adds Ω to μ and multiplies σ² by max(1 − Δ, κ), after σ² ← σ² + τ².
/// </summary>
/// <remarks>
/// <para>Plackett–Luce: c² = Σ(σ² + β²); p_iq = e^{μi/c} / Σ over those ranked at q or below of e^{μ/c};
/// Ω = (σ²/c) Σ over q ranked at i or above of (1[i = q] − p_iq)/A_q; Δ = γ(σ²/c²) Σ p_iq(1 − p_iq)/A_q; A_q is the size of q's
/// tie group, γ = σ/c. The other two models are sums over pairs: see <see cref="WengLinModel"/>.</para>
/// <para>The intervals are those of the approximate posteriors, taken as independent. They are not calibrated: γ is a damping
/// that its authors chose by hand. To steer matchmaking they serve; a board's number comes from its own likelihood.</para>
/// </remarks>
public static class WengLin
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "weng-lin";

    /// <summary>Reads the ballots in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, WengLinOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Reads the ballots in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/> or <see cref="Diagnosis.NoBallots"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        WengLinOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        OnlineFit.TryRun(Name, ballots, options ?? new WengLinOptions(), out standings, out diagnosis);

    /// <summary>
    /// Each team's share of the wins to be expected if every two of the n teams played: the mean over pairs of
    /// Φ((μa − μb)/√(nβ² + σa² + σb²)), divided so that the shares add up to 1 (openskill's predictWin).
    /// </summary>
    /// <param name="teams">Two or more, each of one member or more.</param>
    /// <param name="options">Only <see cref="OnlineOptions.Beta"/> is read.</param>
    public static double[] PredictWin(IReadOnlyList<IReadOnlyList<Skill>> teams, WengLinOptions? options = null)
    {
        (double[] mu, double[] variance, _) = Sums(teams);
        double beta = (options ?? new WengLinOptions()).Beta;
        int n = teams.Count;
        var wins = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double p = Truncated.Below((mu[i] - mu[j]) / Math.Sqrt(n * beta * beta + variance[i] + variance[j]));
                wins[i] += p;
                wins[j] += 1 - p;
            }
        }

        double pairs = n * (n - 1) / 2.0;
        return [.. wins.Select(w => w / pairs)];
    }

    /// <summary>
    /// How even a game would be: the mean over pairs of the chance that two teams end within the margin that m equal players
    /// would end in with chance 1/m, m the number of players in all (openskill's predictDraw). In [0, 1]; of use to compare games, not as a frequency of ties.
    /// </summary>
    /// <param name="teams">Two or more, each of one member or more.</param>
    /// <param name="options">Only <see cref="OnlineOptions.Beta"/> is read.</param>
    public static double PredictDraw(IReadOnlyList<IReadOnlyList<Skill>> teams, WengLinOptions? options = null)
    {
        (double[] mu, double[] variance, int players) = Sums(teams);
        double beta = (options ?? new WengLinOptions()).Beta;
        double margin = Math.Sqrt(players) * beta * Normal.InvCDF(0, 1, (1 + 1.0 / players) / 2);
        double sum = 0;
        for (int i = 0; i < mu.Length; i++)
        {
            for (int j = i + 1; j < mu.Length; j++)
            {
                double deviation = Math.Sqrt(players * beta * beta + variance[i] + variance[j]), gap = mu[i] - mu[j];
                sum += Truncated.Below((margin - gap) / deviation) - Truncated.Below((-margin - gap) / deviation);
            }
        }

        return sum / (mu.Length * (mu.Length - 1) / 2.0);
    }

    private static (double[] Mu, double[] Variance, int Players) Sums(IReadOnlyList<IReadOnlyList<Skill>> teams)
    {
        ArgumentNullException.ThrowIfNull(teams);
        if (teams.Count < 2 || teams.Any(team => team.Count == 0))
        {
            throw new ArgumentException("Give two teams or more, each with a member.", nameof(teams));
        }

        return ([.. teams.Select(t => t.Sum(s => s.Mu))], [.. teams.Select(t => t.Sum(s => s.Sigma * s.Sigma))], teams.Sum(t => t.Count));
    }
}
