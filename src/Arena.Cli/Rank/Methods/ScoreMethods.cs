using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that need the scores themselves, not only who was better.</summary>
internal static class ScoreMethods
{
    /// <summary>Entries that a remark names.</summary>
    private const int MostNamed = 10;

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        new("mean", "Mean score, paired bootstrap over samples", MethodInput.Scores, (input, settings) => new(MeanScore.Fit(((RankInput.Scores)input).Matrix, settings.Shared(new MeanScoreOptions()))))
        {
            Aliases = [MeanScore.Name],
            Intervals = [IntervalChoice.Bootstrap],
        },
        new("onebench", "ONEBench: Plackett–Luce over every sample's ordering", MethodInput.Scores, OneBenchOf)
        {
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
    ];

    private static RankOutcome OneBenchOf(RankInput input, RankSettings settings)
    {
        OneBenchResult result = OneBench.Fit(((RankInput.Scores)input).Matrix, settings.Shared(new OneBenchOptions { PriorTies = settings.Prior }));
        return new(result.Standings, [.. result.Means.Select(m => $"By mean score over {Samples(m)}: {string.Join(", ", m.Order.Take(MostNamed).Select(i => input.Names[i]))}{(m.Order.Count > MostNamed ? " …" : "")}.")]);
    }

    private static string Samples(ScaleMeans means) => string.Create(CultureInfo.InvariantCulture, $"{means.Samples:N0} {means.Scale.Kind.ToString().ToLowerInvariant()} sample{(means.Samples == 1 ? "" : "s")}");
}
