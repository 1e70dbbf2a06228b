using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that rank payoffs. Votes and scores are payoffs too: win rates, a tie half.</summary>
internal static class GameMethods
{
    private const int Listed = 6;
    private const int Steps = 24;
    private const int Rounds = 200;

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        RankMethod.Of(AlphaRank.Name, "α-Rank: share of time that a population spends with a strategy", MethodInput.Either | MethodInput.Payoffs, Options, (input, _, options) =>
        {
            RankInput.Payoffs game = Payoffs(input);
            return Outcome(game, AlphaRank.Fit(game.Tables, options), options) with
            {
                NoIntervals = game.Tables.HasCounts ? "payoffs lie outside 0 to 1 and their variances are not given, so nothing says how they vary" : null,
            };
        }) with
        {
            HasOwnIntervals = true,
            WithoutIntervals = "nothing says how many games stand behind the payoffs, so they are taken as exact",
        },
        RankMethod.Of("alpha-rank-sweep", "α-Rank with α raised until the ranking has settled", MethodInput.Either | MethodInput.Payoffs, (_, _) => new AlphaRankSweepOptions(), Sweep) with
        {
            WithoutIntervals = "payoffs are taken as exact",
        },
        RankMethod.Of(Nash.Name, "Nash: probability in an equilibrium", MethodInput.Either | MethodInput.Payoffs, (_, _) => new NashOptions(), Equilibrium) with
        {
            WithoutIntervals = "an equilibrium takes payoffs as exact, and jumps where they change a little",
        },
    ];

    private static AlphaRankOptions Options(RankInput input, RankSettings settings)
    {
        PayoffTables tables = Payoffs(input).Tables;
        bool within = Enumerable.Range(0, tables.Populations).All(k => !tables.Payoffs(k).ContainsAnyExceptInRange(0, 1));
        return new AlphaRankOptions
        {
            Rounds = Rounds,
            Uncertainty = settings.Intervals == IntervalChoice.None || !tables.HasCounts ? PayoffUncertainty.None
                : tables.HasVariances ? PayoffUncertainty.Normal
                : within ? PayoffUncertainty.Bounds : PayoffUncertainty.None,
        };
    }

    private static RankOutcome Outcome(RankInput.Payoffs game, AlphaRankResult result, AlphaRankOptions options)
    {
        string suggested = AlphaRank.TrySuggestAlpha(game.Tables, 0.1, out double alpha, out _) ? string.Create(CultureInfo.InvariantCulture, $"; it settles from about {alpha:0.###} on") : "";
        return new(
            result.Populations[0],
            string.Create(CultureInfo.InvariantCulture, $"α = {options.Alpha:0.###}{suggested} (--set Alpha=…, or --method alpha-rank-sweep)."),
            result.Sinks.Count == 1
                ? $"Better responses end in {Profiles(game, result.Sinks[0].Profiles)}{(result.Sinks[0].Profiles.Count == 1 ? "" : ", going round for ever")}."
                : "")
        {
            Populations = Boards(game, result.Populations),
            Tables =
            [
                new ResultTable("sinks", "", ["mass", "profiles"], [.. result.Sinks.Select(s => (object?[])[s.Mass, Profiles(game, s.Profiles)])]),
                new ResultTable("cycles", "Cycles of better responses", ["mass", "profiles"], [.. result.Cycles.Select(c => (object?[])[c.Mass, Profiles(game, c.Profiles, " → ")])]),
            ],
        };
    }

    private static RankOutcome Sweep(RankInput input, RankSettings settings, AlphaRankSweepOptions options)
    {
        RankInput.Payoffs game = Payoffs(input);
        AlphaRankSweep sweep = AlphaRank.SweepAlpha(game.Tables, options);
        var last = new AlphaRankOptions { Alpha = sweep.Value, PopulationSize = options.PopulationSize, LocalSelection = options.LocalSelection };
        RankOutcome outcome = Outcome(game, AlphaRank.Fit(game.Tables, last), last);
        int[] heaviest = [.. Enumerable.Range(0, sweep.Mass.Count).OrderByDescending(p => sweep.Mass[p]).Take(Listed)];
        int skip = Math.Max(0, sweep.Steps.Count - Steps);
        return outcome with
        {
            Remarks = [sweep.Converged ? string.Create(CultureInfo.InvariantCulture, $"The ranking has settled at α = {sweep.Value:0.###}.") : "The ranking had not settled when the steps ran out.", .. outcome.Remarks.Skip(1)],
            Tables =
            [
                new ResultTable(
                    "steps",
                    "Share of time by α",
                    ["alpha", .. heaviest.Select(p => Profiles(game, [p]))],
                    [.. sweep.Steps.Skip(skip).Select(s => (object?[])[s.Value, .. heaviest.Select(p => (object?)s.Mass[p])])]),
                .. outcome.Tables,
            ],
        };
    }

    private static RankOutcome Equilibrium(RankInput input, RankSettings settings, NashOptions options)
    {
        RankInput.Payoffs game = Payoffs(input);
        NashResult result = Nash.Fit(game.Tables, options);
        string unique = result.IsUnique switch
        {
            true => "There is no other equilibrium.",
            false => "There are other equilibria.",
            null => "There may be other equilibria.",
        };
        return new(result.Populations[0], string.Create(CultureInfo.InvariantCulture, $"By leaving, players could gain {result.DualityGap:0.###e0} together. {unique} Strategies that are not played are told apart by what they would get."))
        {
            Populations = Boards(game, result.Populations),
            Tables =
            [
                new ResultTable(
                    "payoffs",
                    "What each strategy gets against the equilibrium",
                    ["population", "strategy", "payoff"],
                    [.. game.Populations.SelectMany((p, k) => p.Strategies.Select((s, i) => (object?[])[p.Name, s, result.Payoffs[k][i]]).OrderByDescending(r => (double)r[2]!))]),
            ],
        };
    }

    private static IReadOnlyList<(Population, Standings)> Boards(RankInput.Payoffs game, IReadOnlyList<Standings> boards) =>
        boards.Count == 1 ? [] : [.. game.Populations.Zip(boards)];

    private static string Profiles(RankInput.Payoffs game, IReadOnlyList<int> profiles, string between = ", ") =>
        string.Join(between, profiles.Take(Listed).Select(p => string.Join('/', game.Tables.ProfileOf(p).Select((s, k) => game.Populations[k].Strategies[s])))) + (profiles.Count > Listed ? $"{between}… ({profiles.Count} in all)" : "");

    private static RankInput.Payoffs Payoffs(RankInput input) => input as RankInput.Payoffs ?? WinRates(input);

    /// <summary>Who beats whom how often, with the number of comparisons.</summary>
    private static RankInput.Payoffs WinRates(RankInput input)
    {
        PairwiseVotes votes = PairwiseVotes.Of(RankMethods.Ballots(input));
        int n = votes.Competitors;
        double[] rates = new double[n * n];
        int[] games = new int[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double met = i == j ? 0 : votes.For(i, j) + votes.For(j, i) + votes.Level(i, j);
                (rates[i * n + j], games[i * n + j]) = (met > 0 ? (votes.For(i, j) + votes.Level(i, j) / 2) / met : double.NaN, (int)Math.Floor(met));
            }
        }

        return (RankInput.Payoffs)PayoffInput.Symmetric(input.Names, rates, games);
    }
}
