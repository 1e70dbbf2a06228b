using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Rules of social choice, and what lies behind duels. Scores are one ballot a sample.</summary>
internal static class VotingMethods
{
    private const int Listed = 10;

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        Rule(Borda.Name, "Borda: mean share of those shown that an entry beats", () => new BordaOptions { Scale = BordaScale.Share }, dear: false, (ballots, options, _) => new(Borda.Fit(ballots, options))),
        Rule(Copeland.Name, "Copeland: duels won", () => new CopelandOptions(), dear: false, (ballots, options, _) => new(Copeland.Fit(ballots, options))),
        Rule(Minimax.Name, "Minimax: the worst duel", () => new VotingOptions(), dear: false, (ballots, options, _) => new(Minimax.Fit(ballots, options))),
        Rule(Plurality.Name, "Plurality: first places", () => new VotingOptions(), dear: false, (ballots, options, _) => new(Plurality.Fit(ballots, options))),
        Rule(Schulze.Name, "Schulze: strongest paths", () => new SchulzeOptions(), dear: true, (ballots, options, names) =>
        {
            SchulzeResult result = Schulze.Fit(ballots, options);
            return new(result.Standings, Winners(result.Winners, names));
        }),
        Rule(RankedPairs.Name, "Ranked pairs", () => new RankedPairsOptions(), dear: true, (ballots, options, names) =>
        {
            RankedPairsResult result = RankedPairs.Fit(ballots, options);
            return new(result.Standings, Winners(result.Winners, names));
        }),
        Rule(Kemeny.Name, "Kemeny: the order with the fewest broken preferences", () => new KemenyOptions(), dear: true, (ballots, options, _) =>
        {
            KemenyResult result = Kemeny.Fit(ballots, options);
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"Broken preferences: {result.Distance:0.##}{(result.Exact ? "; no order breaks fewer." : $"; found by local search, no order breaks fewer than {result.LowerBound:0.##}.")}{(result.Rankings.Count > 1 ? $" {result.Rankings.Count} orders do equally well." : "")}"));
        }),
        Rule(MaximalLottery.Name, "Maximal lottery: chances that no other lottery beats", () => new MaximalLotteryOptions(), dear: true, (ballots, options, _) =>
        {
            LotteryResult result = MaximalLottery.Fit(ballots, options);
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"Duality gap {result.DualityGap:0.###e0}.{(result.Unique ? "" : " There are other lotteries as good.")}"));
        }) with { Aliases = ["lottery"] },
        Rule(HodgeRank.Name, "HodgeRank: the ratings nearest to the duels' differences", () => new HodgeRankOptions(), dear: false, (ballots, options, _) =>
        {
            HodgeRankResult result = HodgeRank.Fit(ballots, options);
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"The ratings explain {result.Shares.Gradient:0.0%} of the duels; cycles of three {result.Shares.Curl:0.0%}, longer ones {result.Shares.Harmonic:0.0%}. Noise is cyclic as well: with few votes a pair these shares are large without a real cycle."));
        }),
        Rule("cyclic", "General preference model, in which preferences may go in circles", () => new CyclicPreferenceOptions(), dear: true, (ballots, options, _) =>
        {
            CyclicPreferenceResult result = CyclicPreference.Fit(ballots, options);
            return new(result.Standings, string.Create(CultureInfo.InvariantCulture, $"{result.Blocks switch { 0 => "No cyclic block, which is Bradley–Terry", 1 => "1 cyclic block", var b => $"{b} cyclic blocks" }}{(result.HeldOut.Count > 0 ? ", chosen by held-out likelihood" : "")}; {result.CyclicShare:0.0%} of the preferences are cyclic. Ratings are log-odds against the field."));
        }) with { Aliases = [CyclicPreference.Name] },
    ];

    /// <param name="settings">What was asked for.</param>
    /// <param name="options">The rule's own.</param>
    /// <param name="dear">Whether a round takes long, so that intervals are made only when asked for.</param>
    public static T Resampling<T>(RankSettings settings, T options, bool dear)
        where T : VotingOptions
    {
        bool none = settings.Intervals == IntervalChoice.None || (dear && settings.Intervals == IntervalChoice.Usual);
        return options with
        {
            Resampling = none ? VoteResampling.None : (settings.ClusterByVoter, settings.ClusterByPrompt) switch
            {
                (true, true) => throw new RefusedException("Voting rules draw voters or prompts, not both at once. Take --cluster voter or --cluster prompt."),
                (true, _) => VoteResampling.Voters,
                (_, true) => VoteResampling.Prompts,
                (false, _) => VoteResampling.Ballots,
                _ => VoteResampling.Auto,
            },
        };
    }

    private static RankMethod Rule<TOptions>(string name, string title, Func<TOptions> options, bool dear, Func<Ballots, TOptions, IReadOnlyList<string>, RankOutcome> fit)
        where TOptions : VotingOptions, new() =>
        RankMethod.Of(name, title, MethodInput.Either, (_, settings) => Resampling(settings, options(), dear), (input, _, own) => fit(RankMethods.Ballots(input), own, input.Names)) with
        {
            Defaults = options(),
            Intervals = [IntervalChoice.Bootstrap],
            WithoutIntervals = "a bootstrap ranks anew in every round; ask for it with --intervals bootstrap",
        };

    private static string Winners(IReadOnlyList<int> winners, IReadOnlyList<string> names) =>
        $"Winner{(winners.Count == 1 ? "" : "s")}: {string.Join(", ", winners.Take(Listed).Select(w => names[w]))}{(winners.Count > Listed ? " …" : "")}.";
}
