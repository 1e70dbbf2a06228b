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
        RankMethod.Of("mean", "Mean score, paired bootstrap over samples", MethodInput.Scores, (_, _) => new MeanScoreOptions(), (input, _, options) => new(MeanScore.Fit(((RankInput.Scores)input).Matrix, options))) with
        {
            Aliases = [MeanScore.Name],
            Intervals = [IntervalChoice.Bootstrap],
        },
        RankMethod.Of("onebench", "ONEBench: Plackett–Luce over every sample's ordering", MethodInput.Scores, (_, settings) => new OneBenchOptions { PriorTies = settings.Prior }, OneBenchOf) with
        {
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
        RankMethod.Of(Borda.TwoLevelName, "Borda over the rankings of metrics", MethodInput.Scores, (_, settings) => VotingMethods.Resampling(settings, new BordaOptions(), dear: false), TwoLevel) with
        {
            Intervals = [IntervalChoice.Bootstrap],
        },
    ];

    private static RankOutcome OneBenchOf(RankInput input, RankSettings settings, OneBenchOptions options)
    {
        OneBenchResult result = OneBench.Fit(((RankInput.Scores)input).Matrix, options);
        return new(result.Standings, [.. result.Means.Select(m => $"By mean score over {Samples(m)}: {string.Join(", ", m.Order.Take(MostNamed).Select(i => input.Names[i]))}{(m.Order.Count > MostNamed ? " …" : "")}.")]);
    }

    private static string Samples(ScaleMeans means) => string.Create(CultureInfo.InvariantCulture, $"{means.Samples:N0} {means.Scale.Kind.ToString().ToLowerInvariant()} sample{(means.Samples == 1 ? "" : "s")}");

    private static RankOutcome TwoLevel(RankInput input, RankSettings settings, BordaOptions options) => input is RankInput.Scores { Metrics: { Count: > 0 } metrics }
        ? new(Borda.FitTwoLevel(metrics, options))
        : throw new RefusedException($"{Borda.TwoLevelName} ranks by several metrics. Name their columns with --metrics COLUMN,COLUMN beside an entry and a sample on every row.");
}
