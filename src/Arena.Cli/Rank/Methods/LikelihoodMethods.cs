using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that fit the likelihood of all votes at once.</summary>
internal static class LikelihoodMethods
{
    public static IReadOnlyList<RankMethod> All { get; } =
    [
        new("bt", "Bradley–Terry, a tie is half a win each", MethodInput.Scores, BradleyTerryOf)
        {
            Aliases = [BradleyTerry.Name],
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
    ];

    private static RankOutcome BradleyTerryOf(RankInput input, RankSettings settings)
    {
        BradleyTerryOptions options = settings.Shared(new BradleyTerryOptions { PriorTies = settings.Prior });
        return new(BradleyTerry.Fit(((RankInput.Scores)input).Matrix, options));
    }
}
