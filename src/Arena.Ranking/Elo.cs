using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Pairwise;
using Arena.Ranking.Resampling;

namespace Arena.Ranking;

/// <summary>
/// Elo ratings, one vote after the other (Elo 1978): expected p = 1/(1 + 10^((Rb − Ra)/400)), then Ra += K (y − p), Rb −= K (y − p); y is 1 for a win,
/// ½ for a tie. The order of votes matters and late votes count more: a baseline beside <see cref="BradleyTerry"/>, not a better one.
/// </summary>
/// <remarks>
/// <para>A ballot of more than two counts as all its pairs, all judged by the ratings before it; a weight multiplies K. Competitors without a vote stay at the start, without an interval.</para>
/// <para>Intervals: percentile bootstrap; a round draws ballots, or clusters of them, with replacement and replays what it drew in the original
/// order. They contain what other voters would have said, not what another order would have done, and the rating of an entry still
/// climbing is biased towards the start, which no interval shows.</para>
/// </remarks>
public static class Elo
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "elo";

    /// <summary>Fits, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, EloOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis)
            ? standings
            : throw new RankingException(diagnosis);

    /// <summary>Fits, or says why not: <see cref="Diagnosis.OneCompetitor"/> or <see cref="Diagnosis.NoBallots"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        EloOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        options ??= new EloOptions();
        standings = null;
        BallotEvidence evidence = BallotEvidence.Of(ballots);
        diagnosis = ballots.Competitors == 1 ? new Diagnosis.OneCompetitor()
            : evidence.Board.Observations == 0 ? new Diagnosis.NoBallots()
            : null;
        if (diagnosis is not null)
        {
            return false;
        }

        var updates = new EloUpdates(ballots, options);
        double[] ratings = updates.Play(default);
        var diagnostics = new FitDiagnostics(0, StopReason.ClosedForm, 0, []);
        if (!options.Intervals)
        {
            standings = evidence.Maker(Name, options).WithoutIntervals(ratings, diagnostics);
            return true;
        }

        var draws = new BallotDraws(ballots, options.Resample);
        var rounds = new BootstrapRounds(options, ballots.Competitors);
        rounds.Run(draws.Room, (round, room) => updates.Play(draws.Draw(options.Seed, round, room)));
        standings = rounds.Standings(evidence.WithClusters(ballots, options.Resample).Maker(Name, options, imagined: true), ratings, diagnostics);
        return true;
    }
}
