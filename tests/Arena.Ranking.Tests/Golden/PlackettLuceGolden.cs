using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>choix's rankings and top-1 estimators, and the one ONEBench made of them, through the public fit.</summary>
internal static class PlackettLuceGolden
{
    /// <summary>The files do not name it, but at their ilsr_top1 every competitor's gradient is 1e-4 · n · (its weight − 1) to 12 digits: the chain had this rate added.</summary>
    private const double TopOneRate = 1e-4;

    [GoldenFile("plackett_luce_full.json", "plackett_luce_partial.json", "plackett_luce_wide.json")]
    private static void Check(GoldenFile file)
    {
        int n = file.Input["n_items"].Whole();
        Ballots rankings = Rankings(n, file.Input["rankings_best_first"]);
        Ballots top = TopOnes(n, file.Input["top1_winner_losers"]);
        double spectral = file.Tolerance("ilsr_lsr"), mm = file.Tolerance("mm"), opt = file.Tolerance("opt");
        var exact = new PlackettLuceOptions { Solver = PlackettLuceSolver.Spectral, Tolerance = 1e-11 };
        GoldenNode output = file.Output;

        output["ilsr_rankings"].Near(LogStrengths.Of(rankings, exact), spectral);
        output["ilsr_top1"].Near(LogStrengths.Of(top, exact with { SpectralAlpha = TopOneRate }), spectral);
        output["lsr_rankings_one_step"].Near(LogStrengths.Of(rankings, LogStrengths.OneStep(0)), spectral);
        output["mm_rankings"].Near(LogStrengths.Of(rankings, new PlackettLuceOptions { Solver = PlackettLuceSolver.MinoriseMaximise, Tolerance = 1e-11 }), mm);
        foreach (string key in output.Names)
        {
            if (Number(key, "lsr_rankings_alpha") is { } rankingRate)
            {
                output[key].Near(LogStrengths.Of(rankings, LogStrengths.OneStep(rankingRate)), spectral);
            }
            else if (Number(key, "lsr_top1_alpha") is { } topRate)
            {
                output[key].Near(LogStrengths.Of(top, LogStrengths.OneStep(topRate)), spectral);
            }
            else if (Number(key, "onebench_lsr_top1_alpha") is { } pairRate)
            {
                // every loser of a choice is beaten in a pair of its own
                output[key].Near(LogStrengths.Of(PairsOf(top), LogStrengths.OneStep(pairRate)), spectral);
            }
            else if (Number(key, "opt_rankings_alpha") is { } rankingRidge)
            {
                output[key].Near(LogStrengths.Of(rankings, new PlackettLuceOptions { Ridge = rankingRidge }), opt);
            }
            else if (Number(key, "opt_top1_alpha") is { } topRidge)
            {
                output[key].Near(LogStrengths.Of(top, new PlackettLuceOptions { Ridge = topRidge }), opt);
            }
        }

        output["log_likelihood_rankings_at_ilsr"].Near(LogLikelihood(rankings, exact), spectral * rankings.Count);
        output["log_likelihood_top1_at_ilsr"].Near(LogLikelihood(top, exact with { SpectralAlpha = TopOneRate }), spectral * top.Count);
        output["ilsr_rankings"].Near(LogStrengths.Of(rankings, new PlackettLuceOptions()), spectral);
    }

    private static double LogLikelihood(Ballots ballots, PlackettLuceOptions options) =>
        PlackettLuce.LogLikelihood(ballots, [.. PlackettLuce.Fit(ballots, options with { Rounds = 1 }).Competitors.Select(c => c.Rating)]);

    private static double? Number(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal)
        ? double.Parse(key[prefix.Length..], System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static Ballots Rankings(int n, GoldenNode rankings)
    {
        var builder = new BallotsBuilder(n);
        foreach (int[] ranking in rankings.WholeRows())
        {
            builder.AddRanking(ranking);
        }

        return builder.ToBallots();
    }

    private static Ballots TopOnes(int n, GoldenNode choices)
    {
        var builder = new BallotsBuilder(n);
        foreach (JsonElement choice in choices.Element.EnumerateArray())
        {
            builder.AddTopOne(choice[0].GetInt32(), [.. choice[1].EnumerateArray().Select(e => e.GetInt32())]);
        }

        return builder.ToBallots();
    }

    private static Ballots PairsOf(Ballots topOnes)
    {
        var builder = new BallotsBuilder(topOnes.Competitors);
        for (int b = 0; b < topOnes.Count; b++)
        {
            for (int k = 1; k < topOnes[b].Length; k++)
            {
                builder.AddPair(topOnes[b].Competitors[0], topOnes[b].Competitors[k], PairOutcome.FirstWins);
            }
        }

        return builder.ToBallots();
    }
}

/// <summary>Fits in log-strengths, as other libraries print them.</summary>
internal static class LogStrengths
{
    public static PlackettLuceOptions OneStep(double rate) =>
        new() { Solver = PlackettLuceSolver.Spectral, MaxIterations = 1, SpectralAlpha = rate };

    public static double[] Of(Ballots ballots, PlackettLuceOptions options) => Of(PlackettLuce.Fit(ballots, options with { Rounds = 1 }));

    public static double[] Of(Standings standings) => [.. standings.Competitors.Select(c => c.Offset * Math.Log(10) / 400)];
}
