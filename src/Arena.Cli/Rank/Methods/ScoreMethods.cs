using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that need the scores themselves, not only who was better.</summary>
internal static class ScoreMethods
{
    public static IReadOnlyList<RankMethod> All { get; } =
    [
        new("mean", "Mean score, paired bootstrap over samples", MethodInput.Scores, (input, settings) => new(MeanScore.Fit(((RankInput.Scores)input).Matrix, settings.Shared(new MeanScoreOptions()))))
        {
            Aliases = [MeanScore.Name],
            Intervals = [IntervalChoice.Bootstrap],
        },
        new("onebench", "ONEBench: Plackett–Luce over every sample's ordering", MethodInput.Scores, (input, settings) => new(OneBench.Fit(((RankInput.Scores)input).Matrix, settings.Shared(new OneBenchOptions { PriorTies = settings.Prior }))))
        {
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
    ];
}
