using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Rules of social choice. Scores are one ballot a sample.</summary>
internal static class VotingMethods
{
    private const int Listed = 10;

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        Rule(Borda.Name, "Borda: mean share of those shown that an entry beats", (input, settings) => new(Borda.Fit(RankMethods.Ballots(input), Options(settings, new BordaOptions { Scale = BordaScale.Share }, dear: false)))),
        Rule(Copeland.Name, "Copeland: duels won", (input, settings) => new(Copeland.Fit(RankMethods.Ballots(input), Options(settings, new CopelandOptions(), dear: false)))),
        Rule(Minimax.Name, "Minimax: the worst duel", (input, settings) => new(Minimax.Fit(RankMethods.Ballots(input), Options(settings, new VotingOptions(), dear: false)))),
        Rule(Plurality.Name, "Plurality: first places", (input, settings) => new(Plurality.Fit(RankMethods.Ballots(input), Options(settings, new VotingOptions(), dear: false)))),
        Rule(Schulze.Name, "Schulze: strongest paths", (input, settings) =>
        {
            SchulzeResult result = Schulze.Fit(RankMethods.Ballots(input), Options(settings, new SchulzeOptions(), dear: true));
            return new(result.Standings, Winners(result.Winners, input));
        }),
        Rule(RankedPairs.Name, "Ranked pairs", (input, settings) =>
        {
            RankedPairsResult result = RankedPairs.Fit(RankMethods.Ballots(input), Options(settings, new RankedPairsOptions(), dear: true));
            return new(result.Standings, Winners(result.Winners, input));
        }),
        Rule(Kemeny.Name, "Kemeny: the order with the fewest broken preferences", (input, settings) =>
        {
            KemenyResult result = Kemeny.Fit(RankMethods.Ballots(input), Options(settings, new KemenyOptions(), dear: true));
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"Broken preferences: {result.Distance:0.##}{(result.Exact ? "; no order breaks fewer." : $"; found by local search, no order breaks fewer than {result.LowerBound:0.##}.")}{(result.Rankings.Count > 1 ? $" {result.Rankings.Count} orders do equally well." : "")}"));
        }),
        Rule(MaximalLottery.Name, "Maximal lottery: chances that no other lottery beats", (input, settings) =>
        {
            LotteryResult result = MaximalLottery.Fit(RankMethods.Ballots(input), Options(settings, new MaximalLotteryOptions(), dear: true));
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"Duality gap {result.DualityGap:0.###e0}.{(result.Unique ? "" : " There are other lotteries as good.")}"));
        }) with { Aliases = ["lottery"] },
    ];

    private static RankMethod Rule(string name, string title, Func<RankInput, RankSettings, RankOutcome> fit) =>
        new(name, title, MethodInput.Either, fit) { Intervals = [IntervalChoice.Bootstrap] };

    /// <param name="settings">What was asked for.</param>
    /// <param name="options">The rule's own.</param>
    /// <param name="dear">Whether a round takes long, so that intervals are made only when asked for.</param>
    private static T Options<T>(RankSettings settings, T options, bool dear)
        where T : VotingOptions
    {
        bool none = settings.Intervals == IntervalChoice.None || (dear && settings.Intervals == IntervalChoice.Usual);
        VoteResampling resampling = none ? VoteResampling.None : (settings.ClusterByVoter, settings.ClusterByPrompt) switch
        {
            (true, true) => throw new RefusedException("Voting rules draw voters or prompts, not both at once. Take --cluster voter or --cluster prompt."),
            (true, _) => VoteResampling.Voters,
            (_, true) => VoteResampling.Prompts,
            (false, _) => VoteResampling.Ballots,
            _ => VoteResampling.Auto,
        };
        return settings.Shared(options) with { Resampling = resampling };
    }

    private static string Winners(IReadOnlyList<int> winners, RankInput input) =>
        $"Winner{(winners.Count == 1 ? "" : "s")}: {string.Join(", ", winners.Take(Listed).Select(w => input.Names[w]))}{(winners.Count > Listed ? " …" : "")}.";
}
