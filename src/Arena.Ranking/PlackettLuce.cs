using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Listwise;

namespace Arena.Ranking;

/// <summary>
/// Plackett–Luce by maximum likelihood from ballots of any kind: P(a ≻ b ≻ c …) = Π over places of w / Σ of the w not yet
/// placed, w = e^θ (Luce 1959; Plackett 1975). Competitors not shown say nothing (partial rankings). Ratings are
/// 1000 + 400/ln 10 · θ, mean θ 0. On pairs this is Bradley–Terry.
/// </summary>
/// <remarks>
/// <para>Unordered tiers (the rest of a top-1 ballot, the middle of a best-worst one) are summed over all their orders,
/// exactly: P(all of T before all of R) = ∫ B e^(−Bs) Π_T (1 − e^(−wᵢs)) ds. They are never ties.</para>
/// <para>Tied tiers take Efron's likelihood (Efron 1977; Allison, Christakis 1994 for rankings): the mean over the orders of
/// the tied, Σ θ − Σₖ ln(B + (1 − k/t) A), the last place of the last tier being no choice. A tied pair is then half a win
/// each, as in <see cref="BradleyTerry"/>. The log-likelihood stays concave.</para>
/// <para>Or (<see cref="PlackettLuceTies.DavidsonLuce"/>) ties are outcomes of their own, with parameters for how often two, three … tie
/// (Firth, Kosmidis, Turner 2019): P(T comes next) = δ_t (Π_T w)^(1/t) / Σ over all sets S of those left of δ_s (Π_S w)^(1/s), δ_1 = 1.
/// On pairs this is <see cref="Davidson"/> with ν = δ_2.</para>
/// <para>Covariance: H⁺ G H⁺ with the exact Hessian and the ballot as one observation, G summed within voters and prompts
/// if asked (<see cref="PlackettLuceOptions.Cluster"/>), what few clusters leave out made up for and Student's t as in <see cref="BradleyTerry"/>;
/// ranks from intervals that hold for all pairs at once.</para>
/// </remarks>
public static class PlackettLuce
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "plackett-luce";

    /// <summary>
    /// Begin of the names of the tie parameters of <see cref="PlackettLuceTies.DavidsonLuce"/> among <see cref="Standings.Coefficients"/>:
    /// delta_2 for ties of two, and so on.
    /// </summary>
    public const string TieParameter = "delta";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, PlackettLuceOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.NoBallots"/>, and without a prior
    /// <see cref="Diagnosis.Unvoted"/>, <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/> or
    /// <see cref="Diagnosis.Separable"/>. With <see cref="PlackettLuceTies.DavidsonLuce"/> also <see cref="Diagnosis.UnsuitableBallot"/>,
    /// <see cref="Diagnosis.NoFiniteMaximum"/>, and despite a prior <see cref="Diagnosis.OnlyTies"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Start ratings of the wrong number or infinite; a prior the solver does not know; a solver the ties do not know.</exception>
    public static bool TryFit(
        Ballots ballots,
        PlackettLuceOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new PlackettLuceOptions();
        if (options.Ties == PlackettLuceTies.Efron)
        {
            return new ListwiseFit(Name, RankedBallots.Of(ballots), options).TryRun(out standings, out diagnosis);
        }

        (standings, diagnosis) = (null, DavidsonLuceFit.Unsuitable(ballots));
        return diagnosis is null && new DavidsonLuceFit(RankedBallots.Of(ballots), options).TryRun(out standings, out diagnosis);
    }

    /// <summary>
    /// The log-likelihood of ballots at given ratings, with ties by Efron's likelihood, in nats, weights counted: for held-out ballots, a measure of how well ratings predict.
    /// </summary>
    /// <param name="ballots">Ballots, seen by a fit or not.</param>
    /// <param name="ratings">One finite rating a competitor, as in <see cref="Standing.Rating"/>.</param>
    public static double LogLikelihood(Ballots ballots, ReadOnlySpan<double> ratings)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        if (ratings.Length != ballots.Competitors)
        {
            throw new ArgumentException($"{ballots.Competitors} competitors need as many ratings, but there are {ratings.Length}.", nameof(ratings));
        }

        var theta = new double[ratings.Length];
        for (int i = 0; i < theta.Length; i++)
        {
            theta[i] = double.IsFinite(ratings[i])
                ? (ratings[i] - EloScale.Centre) / EloScale.Unit
                : throw new ArgumentException($"The rating of competitor {i} is {ratings[i]}. Give a finite number.", nameof(ratings));
        }

        MeanZero.Centre(theta);
        return new ListwiseLikelihood(RankedBallots.Of(ballots), new PlackettLuceOptions()).At(theta).LogLikelihood;
    }
}
