using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that read votes one after the other, in the order of the file.</summary>
internal static class SequentialMethods
{
    public static IReadOnlyList<RankMethod> All { get; } =
    [
        new(Elo.Name, "Elo, K = 4, in the order of the file", MethodInput.Either, (input, settings) => new(Elo.Fit(
            RankMethods.Ballots(input),
            settings.Shared(new EloOptions { Intervals = settings.Intervals != IntervalChoice.None, Resample = LikelihoodMethods.Clusters(input, settings) }))))
        {
            Intervals = [IntervalChoice.Bootstrap],
        },
        Posterior("weng-lin", "Weng–Lin, Plackett–Luce update", (votes, settings) => WengLin.Fit(votes, settings.Shared(new WengLinOptions()))),
        Posterior("weng-lin-bt", "Weng–Lin, Bradley–Terry update of all pairs", (votes, settings) => WengLin.Fit(votes, settings.Shared(new WengLinOptions { Model = WengLinModel.BradleyTerryFull }))),
        Posterior("weng-lin-tm", "Weng–Lin, Thurstone–Mosteller update of all pairs", (votes, settings) => WengLin.Fit(votes, settings.Shared(new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull }))),
        Posterior("trueskill", "TrueSkill", (votes, settings) => TrueSkill.Fit(votes, settings.Shared(new TrueSkillOptions()))),
        Posterior("k-sort", "K-Sort Arena's update", (votes, settings) => KSort.Fit(votes, settings.Shared(new KSortOptions()))),
        Posterior("elo-mmr", "Elo-MMR", (votes, settings) => EloMmr.Fit(votes, settings.Shared(new EloMmrOptions()))),
        Posterior("glicko", "Glicko", (votes, settings) => Glicko.Fit(votes, settings.Shared(new GlickoOptions()))),
    ];

    private static RankMethod Posterior(string name, string title, Func<Ballots, RankSettings, Standings> fit) =>
        new(name, title + ", in the order of the file", MethodInput.Either, (input, settings) => new(fit(RankMethods.Ballots(input), settings))) { HasOwnIntervals = true };
}
