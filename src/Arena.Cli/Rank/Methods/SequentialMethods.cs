using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that read votes one after the other: in the order of their times where these are known, else of the file.</summary>
internal static class SequentialMethods
{
    private const string Volatile = "the system keeps no uncertainty of its ratings";

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        Sequential(Elo.Name, "Elo", (input, settings) => new EloOptions { Intervals = settings.Intervals != IntervalChoice.None, Resample = LikelihoodMethods.Clusters(input, settings) }, Elo.Fit) with
        {
            Intervals = [IntervalChoice.Bootstrap],
        },
        Posterior("weng-lin", "Weng–Lin, Plackett–Luce update", () => new WengLinOptions(), WengLin.Fit),
        Posterior("weng-lin-bt", "Weng–Lin, Bradley–Terry update of all pairs", () => new WengLinOptions { Model = WengLinModel.BradleyTerryFull }, WengLin.Fit),
        Posterior("weng-lin-tm", "Weng–Lin, Thurstone–Mosteller update of all pairs", () => new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull }, WengLin.Fit),
        Posterior(TrueSkill.Name, "TrueSkill", () => new TrueSkillOptions(), TrueSkill.Fit),
        Posterior(KSort.Name, "K-Sort Arena's update", () => new KSortOptions(), KSort.Fit),
        Contest(EloMmr.Name, "Elo-MMR", new EloMmrOptions(), EloMmr.Fit),
        Contest(Glicko.Name, "Glicko", new GlickoOptions(), Glicko.Fit),
        Contest(BayesianApproximationRating.Name, "BAR: Weng and Lin's Bayesian approximation over contests", new BayesianApproximationOptions(), BayesianApproximationRating.Fit),
        Contest(TrueSkillSpb.Name, "TrueSkill of St Petersburg", new TrueSkillSpbOptions(), TrueSkillSpb.Fit),
        Contest(CodeforcesRating.Name, "Codeforces", new CodeforcesOptions(), CodeforcesRating.Fit) with { HasOwnIntervals = false, WithoutIntervals = Volatile },
        Contest(TopCoderRating.Name, "TopCoder", new TopCoderOptions(), TopCoderRating.Fit) with { HasOwnIntervals = false, WithoutIntervals = Volatile },
    ];

    /// <summary>The times of votes; null where no column says.</summary>
    /// <exception cref="RefusedException">One could not be read.</exception>
    public static VoteTimes? Times(RankInput input, string method)
    {
        VoteTimes? times = (input as RankInput.Votes)?.Times;
        return times?.Mistake is { } mistake
            ? throw new RefusedException($"{method} reads votes in their order, but the column '{times.Column}' does not say when all were cast. {mistake}. Correct it, or name another column with --time; --time none takes the order of the file.")
            : times;
    }

    /// <summary>A time as a person writes it.</summary>
    public static string Moment(double value, VoteTimes times) => times.InDays
        ? DateTimeOffset.UnixEpoch.AddDays(value).ToString(value == Math.Floor(value) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : value.ToString("0.######", CultureInfo.InvariantCulture);

    private static RankMethod Posterior<TOptions>(string name, string title, Func<TOptions> options, Func<Ballots, TOptions, Standings> fit)
        where TOptions : class, new() => Sequential(name, title, (_, _) => options(), fit) with { HasOwnIntervals = true, Defaults = options() };

    private static RankMethod Contest<TOptions>(string name, string title, TOptions options, Func<Ballots, TOptions, Standings> fit)
        where TOptions : ContestOptions, new() => Sequential(name, title, (input, _) => options with { Days = Days(input) }, fit) with { HasOwnIntervals = true };

    private static RankMethod Sequential<TOptions>(string name, string title, Func<RankInput, RankSettings, TOptions> options, Func<Ballots, TOptions, Standings> fit)
        where TOptions : class, new() => RankMethod.Of(name, title, MethodInput.Either, options, (input, _, own) =>
        {
            (Ballots ballots, string order) = Ordered(input, name);
            return new RankOutcome(fit(ballots, own), order);
        }) with { InOrder = true };

    private static (Ballots Ballots, string Order) Ordered(RankInput input, string method)
    {
        if (input is RankInput.Scores)
        {
            return (RankMethods.Ballots(input), "Samples are read in the order of the file; another order gives other ratings.");
        }

        if (Times(input, method) is not { } times)
        {
            return (RankMethods.Ballots(input), "Votes are read in the order of the file, as no column says when they were cast (--time COLUMN); another order gives other ratings.");
        }

        int[] order = Order(times);
        return (RankMethods.Ballots(input).Select(order), $"Votes are read in the order of '{times.Column}', from {Moment(times.Values[order[0]], times)} to {Moment(times.Values[order[^1]], times)}.");
    }

    /// <summary>Stable: what was cast at one time stays in the order of the file.</summary>
    private static int[] Order(VoteTimes times) => [.. Enumerable.Range(0, times.Values.Length).OrderBy(v => times.Values[v])];

    private static double[]? Days(RankInput input) => input is RankInput.Votes { Times: { InDays: true, Mistake: null } times } ? [.. Order(times).Select(v => times.Values[v])] : null;
}
