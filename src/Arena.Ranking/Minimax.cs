using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Minimax (Simpson 1969; Kramer 1977): minus the worst defeat in a duel, by margin; 0 for whoever loses none. Elects whoever
/// beats everybody.
/// </summary>
public static class Minimax
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "minimax";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, VotingOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        VotingOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new VotingOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(ScoreMatrix scores, VotingOptions? options = null) =>
        TryFit(scores, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        VotingOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new VotingOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    private static Standings Apply(VoteTable table, VotingOptions options) =>
        VoteBootstrap.Standings(Name, table, options, Scores(table.Duels(null)), Scores);

    private static double[] Scores(PairwiseVotes duels)
    {
        int n = duels.Competitors;
        double[] margins = duels.Margins();
        var scores = new double[n];
        for (int i = 0; i < n; i++)
        {
            foreach (double margin in margins.AsSpan(i * n, n))
            {
                scores[i] = Math.Min(scores[i], margin);
            }
        }

        return scores;
    }
}
