using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Copeland (1951): how many duels a competitor wins, less how many it loses. Elects whoever beats everybody; equal scores
/// share ranks. Reads only who wins each duel, not by how much.
/// </summary>
public static class Copeland
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "copeland";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(Ballots ballots, CopelandOptions? options = null) =>
        TryFit(ballots, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        Ballots ballots,
        CopelandOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new CopelandOptions();
        return VoteTable.Of(ballots, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    /// <summary>Ranks by samples; every sample is a ballot, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static Standings Fit(ScoreMatrix scores, CopelandOptions? options = null) =>
        TryFit(scores, options, out Standings? standings, out Diagnosis? diagnosis) ? standings : throw new RankingException(diagnosis);

    /// <summary>Ranks by samples, or says why not: <see cref="Diagnosis.NoSamples"/>, <see cref="Diagnosis.Unmeasured"/> or <see cref="Diagnosis.OneCompetitor"/>.</summary>
    public static bool TryFit(
        ScoreMatrix scores,
        CopelandOptions? options,
        [NotNullWhen(true)] out Standings? standings,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new CopelandOptions();
        return VoteTable.Of(scores, options.Resampling).TryApply(Apply, options, out standings, out diagnosis);
    }

    private static Standings Apply(VoteTable table, CopelandOptions options) =>
        VoteBootstrap.Standings(Name, table, options, Scores(table.Duels(null), options.Scale), duels => Scores(duels, options.Scale));

    private static double[] Scores(PairwiseVotes duels, CopelandScale scale)
    {
        int n = duels.Competitors;
        double[] margins = duels.Margins();
        var scores = new double[n];
        for (int i = 0; i < n; i++)
        {
            foreach (double margin in margins.AsSpan(i * n, n))
            {
                scores[i] += Math.Sign(margin);
            }

            // won − lost = 2 (won + ½ drawn) − (n − 1)
            scores[i] = scale == CopelandScale.WinsMinusLosses ? scores[i] : (scores[i] + n - 1) / 2;
        }

        return scores;
    }
}
