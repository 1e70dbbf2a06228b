using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Online;

namespace Arena.Ranking;

/// <summary>
/// TrueSkill (Herbrich, Minka, Graepel: TrueSkill, a Bayesian skill rating system, NIPS 2006): every strength is N(μ, σ²), a
/// performance adds N(0, β²), and neighbours in the ranking differ by more than the draw margin ε = Φ⁻¹((p + 1)/2)·√2·β, or by
/// less when they tied. Posteriors by expectation propagation.
/// </summary>
/// <remarks>Reads a whole ranking as K − 1 comparisons of neighbours that share performances, so that larger slates do not count the same evidence twice. Of three or more that tie, each is linked with the next as listed: their order on the ballot matters a little.</remarks>
public static class TrueSkill
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "trueskill";

    /// <summary>Reads the ballots in their order, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, TrueSkillOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Reads the ballots in their order, or says why not: <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.NoBallots"/>
    /// or <see cref="Diagnosis.UnsuitableBallot"/> (weights other than 0 and 1 have no meaning here).
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        TrueSkillOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis) =>
        OnlineFit.TryRun(Name, ballots, options ?? new TrueSkillOptions(), out standings, out diagnosis);

    /// <summary>
    /// Match quality: the chance of an all-way draw of these teams against that of teams equally strong beyond doubt,
    /// √(|β²AᵀA| / |β²AᵀA + AᵀSA|) · exp(−½ μᵀA (β²AᵀA + AᵀSA)⁻¹ Aᵀμ), A the differences of neighbouring teams. In [0, 1].
    /// </summary>
    /// <param name="teams">Two or more, each of one member or more, in any order.</param>
    /// <param name="options">Only <see cref="OnlineOptions.Beta"/> is read.</param>
    public static double Quality(IReadOnlyList<IReadOnlyList<Skill>> teams, TrueSkillOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(teams);
        if (teams.Count < 2 || teams.Any(team => team.Count == 0))
        {
            throw new ArgumentException("Give two teams or more, each with a member.", nameof(teams));
        }

        double beta = (options ?? new TrueSkillOptions()).Beta, beta2 = beta * beta;
        double[] mu = [.. teams.Select(t => t.Sum(s => s.Mu))];
        double[] noise = [.. teams.Select(t => t.Count * beta2)];
        double[] all = [.. teams.Select(t => t.Sum(s => s.Sigma * s.Sigma + beta2))];

        // both matrices are tridiagonal; the quadratic form falls out of the elimination
        double exponent = 0, logRatio = 0, pivotNoise = 0, pivotAll = 0, right = 0;
        for (int k = 0; k + 1 < teams.Count; k++)
        {
            double gap = mu[k] - mu[k + 1];
            pivotNoise = noise[k] + noise[k + 1] - (k > 0 ? noise[k] * noise[k] / pivotNoise : 0);
            right = gap + (k > 0 ? all[k] / pivotAll * right : 0);
            pivotAll = all[k] + all[k + 1] - (k > 0 ? all[k] * all[k] / pivotAll : 0);
            exponent += right * right / pivotAll;
            logRatio += Math.Log(pivotNoise) - Math.Log(pivotAll);
        }

        return Math.Exp(0.5 * (logRatio - exponent));
    }
}
