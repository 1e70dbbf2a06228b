using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>
/// Plurality: the weight of ballots that put a competitor first; several in the first tier share the ballot. Simple, and
/// blind to everything below the first place.
/// </summary>
public static class Plurality
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "plurality";

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
        VoteBootstrap.Standings(Name, table, options, Scores(table, null), new FitDiagnostics(0, StopReason.ClosedForm, 0, []), (times, _) => Scores(table, times));

    private static double[] Scores(VoteTable table, int[]? times)
    {
        var scores = new double[table.Competitors];
        ReadOnlySpan<int> starts = table.Starts;
        for (int b = 0; b < table.Count; b++)
        {
            double weight = table.Weight(b) * (times is null ? 1 : times[table.Cluster[b]]);
            ReadOnlySpan<int> who = table.CompetitorColumn[starts[b]..starts[b + 1]];
            ReadOnlySpan<float> value = table.Values[starts[b]..starts[b + 1]];
            if (weight <= 0 || who.Length < 2)
            {
                continue;
            }

            float best = float.NegativeInfinity;
            int first = 0;
            foreach (float v in value)
            {
                best = Math.Max(best, v);
            }

            foreach (float v in value)
            {
                first += best - v <= table.Margin ? 1 : 0;
            }

            for (int p = 0; p < who.Length; p++)
            {
                scores[who[p]] += best - value[p] <= table.Margin ? weight / first : 0;
            }
        }

        return scores;
    }
}
