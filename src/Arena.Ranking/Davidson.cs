using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry with ties in proportion to the geometric mean (Davidson 1970): P(i ≻ j) : P(j ≻ i) : P(tie) =
/// πi : πj : ν√(πiπj), π = e^θ. Maximum likelihood by Newton steps; shown as 1000 + 400/ln 10 · θ, mean 1000.
/// </summary>
/// <remarks>
/// A ballot of K competitors is read as its derived pairs, and is one observation: the covariance is H⁺GH⁺ with scores summed
/// by ballot, voter or prompt first. ν is among <see cref="Standings.Coefficients"/>, its interval made on the log scale.
/// </remarks>
public static class Davidson
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "davidson";

    /// <summary>Name of the tie parameter among <see cref="Standings.Coefficients"/>.</summary>
    public const string TieParameter = "nu";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, DavidsonOptions? options = null) =>
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
        DavidsonOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new DavidsonOptions();
        double? known = options.Nu is { } given ? Math.Log(given) : null;
        return TieModelFit.TryFit(Name, TieParameter, ballots, options, options.Ridge, known, davidson: true, out standings, out diagnosis);
    }
}
