using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that fit the likelihood of all votes at once.</summary>
internal static class LikelihoodMethods
{
    public static IReadOnlyList<RankMethod> All { get; } =
    [
        new("bt", "Bradley–Terry", MethodInput.Either, BradleyTerryOf)
        {
            Aliases = [BradleyTerry.Name],
            Intervals = [IntervalChoice.Sandwich, IntervalChoice.Bootstrap],
            HasTieModels = true,
            HasPrior = true,
        },
        new("pl", "Plackett–Luce", MethodInput.Either, (input, settings) => new(PlackettLuce.Fit(RankMethods.Ballots(input), settings.Shared(new PlackettLuceOptions { PriorTies = settings.Prior, Cluster = Clusters(input, settings) }))))
        {
            Aliases = [PlackettLuce.Name],
            Intervals = [IntervalChoice.Sandwich],
            HasPrior = true,
        },
        new("bayes", "Bradley–Terry with a normal prior, by expectation propagation", MethodInput.Either, (input, settings) => new(BayesianBradleyTerry.Fit(RankMethods.Ballots(input), settings.Shared(new BayesianBradleyTerryOptions()))))
        {
            Aliases = [BayesianBradleyTerry.Name],
            HasOwnIntervals = true,
        },
        new("reliability", "Bradley–Terry with the voters' reliability (am-ELO)", MethodInput.Votes, Reliability)
        {
            Aliases = [VoterReliability.Name],
            Intervals = [IntervalChoice.Sandwich],
        },
    ];

    private static RankOutcome BradleyTerryOf(RankInput input, RankSettings settings)
    {
        if (settings.Ties != TieModel.Half)
        {
            return TieModelOf(input, settings);
        }

        BradleyTerryOptions options = settings.Shared(new BradleyTerryOptions { PriorTies = settings.Prior });
        if (input is RankInput.Scores scores && settings.Intervals != IntervalChoice.Bootstrap)
        {
            return new(BradleyTerry.Fit(scores.Matrix, options));
        }

        ClusterBy clusters = Clusters(input, settings);
        return new(settings.Intervals == IntervalChoice.Bootstrap
            ? BallotBootstrap.FitBradleyTerry(RankMethods.Ballots(input), options with { Cluster = clusters, Rounds = settings.Rounds ?? 200 })
            : BradleyTerry.Fit(RankMethods.Ballots(input), options with { Cluster = clusters }));
    }

    private static RankOutcome TieModelOf(RankInput input, RankSettings settings)
    {
        if (settings.Prior > 0 || settings.Intervals == IntervalChoice.Bootstrap)
        {
            throw new RefusedException("--ties rao-kupper and davidson go without --prior and --intervals bootstrap.");
        }

        Ballots votes = RankMethods.Ballots(input);
        ClusterBy clusters = Clusters(input, settings);
        return new(settings.Ties == TieModel.RaoKupper
            ? RaoKupper.Fit(votes, settings.Shared(new RaoKupperOptions { Cluster = clusters }))
            : Davidson.Fit(votes, settings.Shared(new DavidsonOptions { Cluster = clusters })));
    }

    private static RankOutcome Reliability(RankInput input, RankSettings settings)
    {
        ReliabilityStandings result = VoterReliability.Fit(RankMethods.Ballots(input), settings.Shared(new VoterReliabilityOptions { Cluster = Clusters(input, settings) }));
        int moved = Enumerable.Range(0, result.Weighted.Order.Count).Count(k => result.Weighted.Order[k] != result.Unweighted.Order[k]);
        return new(result.Weighted, string.Create(CultureInfo.InvariantCulture, $"Without weighing voters {moved} of {result.Weighted.Order.Count} places are another entry's (--method bt)."));
    }

    /// <summary>By voter or prompt as asked, else by those of which enough are known.</summary>
    public static ClusterBy Clusters(RankInput input, RankSettings settings)
    {
        if (input is not RankInput.Votes { Ballots: var votes })
        {
            return default; // a sample is one ballot already
        }

        ClusterBy clusters = default;
        clusters |= Wanted(settings.ClusterByVoter, votes.Voters, votes.Count, "voter") ? ClusterBy.Voter : default;
        clusters |= Wanted(settings.ClusterByPrompt, votes.Prompts, votes.Count, "prompt") ? ClusterBy.Prompt : default;
        return clusters;
    }

    private static bool Wanted(bool? asked, int known, int votes, string what) => asked switch
    {
        null => known >= RankMethods.FewestClusters && known < votes,
        true when known < 2 => throw new RefusedException($"--cluster {what}: the votes name {known} of them, and intervals by cluster need 2 or more. Name the column with --columns {what}=COLUMN, or take --cluster none."),
        var wanted => wanted.Value,
    };
}
