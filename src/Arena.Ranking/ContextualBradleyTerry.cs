using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry with covariates ("style control"): logit P(first wins) = ln 10 · (r_first − r_second) + x·β, ties half a win
/// each, with the penalty (λ/2)‖(r, β)‖². Shown as 1000 + 400 r; β are <see cref="Standings.Coefficients"/>.
/// </summary>
/// <remarks>
/// <para>The ratings say who wins at equal covariates. Position is a covariate too (<see cref="Covariates.WithPosition"/>): a
/// column of ones is the log-odds that being named first is worth.</para>
/// <para>Intervals: (H + λ)⁻¹ G (H + λ)⁻¹, G summed by ballot, voter or prompt. Pairwise votes only.</para>
/// <para>Li, Angelopoulos, Chiang 2024, "Does style matter? Disentangling style and substance in Chatbot Arena".</para>
/// </remarks>
public static class ContextualBradleyTerry
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "contextual-bradley-terry";

    /// <summary>A coefficient whose direction carries less than this share of a typical one is not identified.</summary>
    private const double LeastCurvature = 1e-10;

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots votes, Covariates covariates, ContextualBradleyTerryOptions? options = null) =>
        TryFit(votes, covariates, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>
    /// Fits, or says why not: <see cref="Diagnosis.UnsuitableBallot"/> (not a pairwise vote), <see cref="Diagnosis.NoBallots"/>,
    /// <see cref="Diagnosis.OneCompetitor"/>, and without a ridge <see cref="Diagnosis.Unvoted"/>,
    /// <see cref="Diagnosis.Disconnected"/>, <see cref="Diagnosis.OnlyTies"/>, <see cref="Diagnosis.Separable"/>,
    /// <see cref="Diagnosis.NoFiniteMaximum"/> and <see cref="Diagnosis.Unidentified"/>.
    /// </summary>
    /// <param name="votes">Pairwise votes.</param>
    /// <param name="covariates">One row a vote.</param>
    /// <param name="options">Options.</param>
    /// <param name="standings">The result.</param>
    /// <param name="diagnosis">Why there is none.</param>
    /// <exception cref="ArgumentException">There are not as many rows as votes.</exception>
    public static bool TryFit(
        Ballots votes,
        Covariates covariates,
        ContextualBradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(covariates);
        options ??= new ContextualBradleyTerryOptions();
        standings = null;
        if (covariates.Votes != votes.Count)
        {
            throw new ArgumentException($"{votes.Count} votes need as many rows of covariates, but there are {covariates.Votes}.", nameof(covariates));
        }

        diagnosis = Unsuitable(votes, covariates.Names.Count > 0);
        if (diagnosis is not null)
        {
            return false;
        }

        int width = covariates.Names.Count;
        PairTerms terms = width == 0 ? PairTerms.Aggregated(votes) : PairTerms.OneByOne(votes); // a term a vote, in their order
        diagnosis = terms.Diagnose(options.Ridge > 0);
        if (diagnosis is not null)
        {
            return false;
        }

        int n = terms.Competitors;
        double[] ridge = options.Ridge > 0 ? new double[n + width] : [];
        for (int p = 0; p < ridge.Length; p++)
        {
            ridge[p] = p < n ? options.Ridge / (Math.Log(10) * Math.Log(10)) : options.Ridge; // (λ/2) r², r = θ/ln 10
        }

        var fit = new VoteFit(Name, options, terms, new LogitLikelihood(terms, covariates.Values, width), ridge);
        diagnosis = fit.Maximise(new double[n + width]);
        if (diagnosis is null && width > 0 && ridge.Length == 0 && fit.Conditioning() < LeastCurvature)
        {
            diagnosis = new Diagnosis.Unidentified("the effects of the covariates and the strengths");
        }

        if (diagnosis is not null)
        {
            return false;
        }

        fit.Spread();
        standings = fit.ToStandings(
            [.. covariates.Names.Select((name, k) => fit.Interval(n + k) is var (low, high) ? new Coefficient(name, fit.X[n + k], low, high) : default!)],
            []);
        return true;
    }

    /// <summary>
    /// Says which ballot is no vote on two. With covariates it has to be a pairwise one: a ranking does not say who was named first, its first is always
    /// its winner.
    /// </summary>
    private static Diagnosis.UnsuitableBallot? Unsuitable(Ballots votes, bool covariates)
    {
        for (int b = 0; b < votes.Count; b++)
        {
            if (votes[b].Length != 2 || (covariates && votes[b].Kind != BallotKind.Pairwise))
            {
                return new Diagnosis.UnsuitableBallot(b, covariates ? "a pairwise vote (BallotsBuilder.AddPair)" : "two competitors");
            }
        }

        return null;
    }
}
