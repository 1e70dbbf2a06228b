using System.Diagnostics.CodeAnalysis;
using Arena.Ranking.Voting;

namespace Arena.Ranking;

/// <summary>What flows from one competitor to another in <see cref="HodgeRank"/>.</summary>
public enum HodgeFlow
{
    /// <summary>(won − lost) / met: the difference of win rates.</summary>
    WinRate,

    /// <summary>ln((won + level + ε) / (lost + level + ε)): a tie counts as a win each way.</summary>
    LogOdds,
}

/// <summary>Options of <see cref="HodgeRank"/>.</summary>
public sealed record HodgeRankOptions : VotingOptions
{
    /// <summary>Default: <see cref="HodgeFlow.WinRate"/>.</summary>
    public HodgeFlow Flow { get; init; }

    /// <summary>ε of the log-odds, above 0. Default: 0.5.</summary>
    public double Epsilon
    {
        get;
        init => field = Require.Positive(value, "The smoothing is a finite number above 0, such as 0.5.");
    } = 0.5;
}

/// <summary>
/// HodgeRank (Jiang, Lim, Yao, Ye 2011): the ratings whose differences come nearest to what the duels say, by least squares
/// Σ w (sᵢ − sⱼ − yᵢⱼ)², w the votes that compare the two: s = −L⁺ div Y with Yᵢⱼ = −yᵢⱼ. What is left over is cyclic:
/// local cycles of three that were all compared (curl), and longer ones around what was not (harmonic).
/// </summary>
/// <remarks>The shares answer "how rankable is this?". Noise is cyclic as well: with few votes a pair the cyclic shares are large without any real cycle.</remarks>
public static class HodgeRank
{
    /// <summary>Name of the method in results.</summary>
    public const string Name = "hodge-rank";

    /// <summary>Ranks by ballots, or throws <see cref="RankingException"/> with the diagnosis.</summary>
    public static HodgeRankResult Fit(Ballots ballots, HodgeRankOptions? options = null) =>
        TryFit(ballots, options, out HodgeRankResult? result, out Diagnosis? diagnosis) ? result : throw new RankingException(diagnosis);

    /// <summary>
    /// Ranks by ballots, or says why not: <see cref="Diagnosis.NoBallots"/>, <see cref="Diagnosis.Unvoted"/>,
    /// <see cref="Diagnosis.OneCompetitor"/>, <see cref="Diagnosis.Disconnected"/> or <see cref="Diagnosis.BeyondPrecision"/>.
    /// </summary>
    public static bool TryFit(
        Ballots ballots,
        HodgeRankOptions? options,
        [NotNullWhen(true)] out HodgeRankResult? result,
        [NotNullWhen(false)] out Diagnosis? diagnosis)
    {
        options ??= new HodgeRankOptions();
        VoteTable table = VoteTable.Of(ballots, options.Resampling);
        result = null;
        diagnosis = table.Diagnose();
        if (diagnosis is not null)
        {
            return false;
        }

        HodgeFlows flows = HodgeFlows.Of(table.Duels(null), options);
        List<int[]> components = flows.Components();
        if (components.Count > 1)
        {
            diagnosis = new Diagnosis.Disconnected(components);
            return false;
        }

        if (flows.WeightsTooUnlike)
        {
            diagnosis = new Diagnosis.BeyondPrecision();
            return false;
        }

        double[] ratings = flows.Gradient();
        HodgeShares shares = flows.Shares(ratings);
        Standings standings = VoteBootstrap.Standings(Name, table, options, ratings, drawn =>
        {
            HodgeFlows again = HodgeFlows.Of(drawn, options);
            // a draw may fall apart: then it says nothing about the distance of the parts, and the fit stands in for it
            return again.Components().Count == 1 ? again.Gradient() : ratings;
        });
        result = new HodgeRankResult(standings, shares);
        return true;
    }
}

/// <summary>Parts of the squared flow Σ w y², adding up to 1; all 0 where nothing flows.</summary>
/// <param name="Gradient">What the ratings explain.</param>
/// <param name="Curl">Cycles of three competitors that were all compared with each other.</param>
/// <param name="Harmonic">Longer cycles only.</param>
public sealed record HodgeShares(double Gradient, double Curl, double Harmonic);

/// <summary>What HodgeRank finds.</summary>
/// <param name="Standings">Ratings with mean 0, in units of the flow, and intervals.</param>
/// <param name="Shares">How rankable the duels are.</param>
public sealed record HodgeRankResult(Standings Standings, HodgeShares Shares);
