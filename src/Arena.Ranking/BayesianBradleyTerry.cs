using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Bradley–Terry (or Thurstone–Mosteller) with the prior N(0, I/α): the posterior of the strengths as a normal distribution,
/// by expectation propagation (Minka 2001; Chu, Ghahramani 2005). Shown as 1000 + 400/ln 10 · θ; intervals are credible ones.
/// </summary>
/// <remarks>
/// <para>Moments under the logistic link are integrated, not approximated. A tie is half a win and half a loss; a vote of
/// weight w counts as its likelihood to the power of w. Ballots of K count as their derived pairs, each for itself: the
/// posterior is too narrow for them, and for voters who vote often.</para>
/// <para>The votes say nothing about the common level, so covariance and intervals are those of strengths less their mean.
/// The full posterior covariance is that, in natural units, plus 1/(α n) everywhere. Under the probit link 173.7 points are
/// one unit of Φ's argument, and 400 points do not mean odds of ten to one.</para>
/// </remarks>
public static class BayesianBradleyTerry
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "bayesian-bradley-terry";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, BayesianBradleyTerryOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits, or says why not: <see cref="Diagnosis.NoBallots"/> or <see cref="Diagnosis.OneCompetitor"/>; the prior makes everything else fit.</summary>
    public static bool TryFit(
        Ballots ballots,
        BayesianBradleyTerryOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new BayesianBradleyTerryOptions();
        standings = null;
        PairTerms terms = PairTerms.Aggregated(ballots);
        diagnosis = terms.Diagnose(prior: true);
        if (diagnosis is not null)
        {
            return false;
        }

        if (options.ChoixCompatible && Enumerable.Range(0, terms.Count).Any(t => terms.Kind[t] == PairTerm.Tied || !double.IsInteger(terms.Weight[t])))
        {
            throw new ArgumentException("ChoixCompatible knows neither ties nor fractions of a vote.", nameof(options));
        }

        (double[] mean, double[] covariance, int iterations, StopReason reason) = new ExpectationPropagation(terms, options).Run();
        double unit = EloScale.Unit, level = 1 / (options.PriorPrecision * terms.Competitors);
        VoteEvidence evidence = VoteEvidence.Of(terms);
        List<string> notes = [];
        if (reason == StopReason.IterationLimit)
        {
            notes.Add("The posterior had not settled when the iterations ran out: raise MaxIterations, or take it as rough.");
        }

        standings = new StandingsMaker(Name, options, evidence.Board, evidence.Competitors) { PairEvidence = evidence.Pair }.FromCovariance(
            [.. mean.Select(m => EloScale.Centre + unit * m)],
            [.. covariance.Select(c => unit * unit * (c - level))],
            double.PositiveInfinity,
            IntervalKind.Posterior,
            new FitDiagnostics(iterations, reason, 0, notes));
        return true;
    }
}
