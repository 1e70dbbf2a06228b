using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry with ties by a threshold (Rao, Kupper 1967): P(i ≻ j) = σ(θi − θj − η), P(j ≻ i) = σ(θj − θi − η), a tie is
/// the rest; κ = e^η ≥ 1. Maximum likelihood by Newton steps; shown as 1000 + 400/ln 10 · θ, mean 1000.
/// </summary>
/// <remarks>
/// A ballot of K competitors is read as its derived pairs, and is one observation: the covariance is H⁺GH⁺ with scores summed
/// by ballot, voter or prompt first. κ is among <see cref="Standings.Coefficients"/>, its interval made on the log scale.
/// </remarks>
public static class RaoKupper
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "rao-kupper";

    /// <summary>Name of the tie parameter among <see cref="Standings.Coefficients"/>.</summary>
    public const string TieParameter = "kappa";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, RaoKupperOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.OneCompetitor"/>,
    /// <see cref="Diagnosis.OnlyTies"/>, <see cref="Diagnosis.NoFiniteMaximum"/>, and without a prior
    /// <see cref="Diagnosis.Unvoted"/>, <see cref="Diagnosis.Disconnected"/> and <see cref="Diagnosis.Separable"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        RaoKupperOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new RaoKupperOptions();
        double? known = options.Kappa is { } given ? Math.Log(given) : null;
        return TieModelFit.TryFit(Name, TieParameter, ballots, options, options.Ridge, known, davidson: false, out standings, out diagnosis);
    }
}
