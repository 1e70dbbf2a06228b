using System.Globalization;
using Arena.Cli.Rank.Input;
using Arena.Ranking;

namespace Arena.Cli.Rank.Methods;

/// <summary>Methods that fit the likelihood of all votes at once.</summary>
internal static class LikelihoodMethods
{
    private const int FewPeriods = 60;

    private static readonly double[] Periods = [1, 7, 30, 91, 365];

    public static IReadOnlyList<RankMethod> All { get; } =
    [
        RankMethod.Of("bt", "Bradley–Terry", MethodInput.Either, (input, settings) => new BradleyTerryOptions { PriorTies = settings.Prior, Cluster = Clusters(input, settings) }, BradleyTerryOf) with
        {
            Aliases = [BradleyTerry.Name],
            Intervals = [IntervalChoice.Sandwich, IntervalChoice.Bootstrap],
            TieModels = [TieModel.RaoKupper, TieModel.Davidson],
            HasPrior = true,
        },
        Sandwich("rao-kupper", "Bradley–Terry with Rao and Kupper's ties", (input, settings) => new RaoKupperOptions { Cluster = Clusters(input, settings) }, (input, _, options) => new(RaoKupper.Fit(RankMethods.Ballots(input), options))),
        Sandwich("davidson", "Bradley–Terry with Davidson's ties", (input, settings) => new DavidsonOptions { Cluster = Clusters(input, settings) }, (input, _, options) => new(Davidson.Fit(RankMethods.Ballots(input), options))),
        Sandwich("contextual-bt", "Bradley–Terry with covariates (style control)", (input, settings) => new ContextualBradleyTerryOptions { Cluster = Clusters(input, settings) }, Contextual, MethodInput.Votes) with { Aliases = [ContextualBradleyTerry.Name, "style-control"] },
        Sandwich("position-bias", "Bradley–Terry with what a display slot is worth", (input, settings) => new PositionBiasOptions { Cluster = Clusters(input, settings) }, Position, MethodInput.Votes),
        Sandwich("reliability", "Bradley–Terry with the voters' reliability (am-ELO)", (input, settings) => new VoterReliabilityOptions { Cluster = Clusters(input, settings) }, Reliability, MethodInput.Votes) with { Aliases = [VoterReliability.Name] },
        RankMethod.Of("bayes", "Bradley–Terry with a normal prior, by expectation propagation", MethodInput.Either, (_, _) => new BayesianBradleyTerryOptions(), (input, _, options) => new(BayesianBradleyTerry.Fit(RankMethods.Ballots(input), options))) with
        {
            Aliases = [BayesianBradleyTerry.Name],
            HasOwnIntervals = true,
        },
        RankMethod.Of("dynamic-bt", "Bradley–Terry of entries that change with time", MethodInput.Votes, (input, _) => new DynamicBradleyTerryOptions { Period = PeriodOf(input) }, Dynamic) with
        {
            Aliases = [DynamicBradleyTerry.Name],
            HasOwnIntervals = true,
        },
        Sandwich("pl", "Plackett–Luce", (input, settings) => new PlackettLuceOptions { PriorTies = settings.Prior, Cluster = Clusters(input, settings) }, (input, _, options) => new(PlackettLuce.Fit(RankMethods.Ballots(input), options))) with
        {
            Aliases = [PlackettLuce.Name],
            TieModels = [TieModel.DavidsonLuce],
            HasPrior = true,
        },
        Sandwich("davidson-luce", "Plackett–Luce with ties as an outcome of their own", (input, settings) => new PlackettLuceOptions { Ties = PlackettLuceTies.DavidsonLuce, Cluster = Clusters(input, settings) }, (input, _, options) => new(PlackettLuce.Fit(RankMethods.Ballots(input), options))),
    ];

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

    private static RankMethod Sandwich<TOptions>(
        string name,
        string title,
        Func<RankInput, RankSettings, TOptions> options,
        Func<RankInput, RankSettings, TOptions, RankOutcome> fit,
        MethodInput input = MethodInput.Either)
        where TOptions : class, new() => RankMethod.Of(name, title, input, options, fit) with { Intervals = [IntervalChoice.Sandwich] };

    private static RankOutcome BradleyTerryOf(RankInput input, RankSettings settings, BradleyTerryOptions options)
    {
        bool bootstrap = settings.Intervals == IntervalChoice.Bootstrap;
        BradleyTerryOptions drawn = options with { Rounds = settings.Rounds ?? 200 };
        return new(input switch
        {
            RankInput.Counts counts when bootstrap => BallotBootstrap.FitBradleyTerry(counts.Tally, drawn),
            RankInput.Counts counts => BradleyTerry.Fit(counts.Tally, options),
            RankInput.Scores scores when !bootstrap => BradleyTerry.Fit(scores.Matrix, options),
            _ when bootstrap => BallotBootstrap.FitBradleyTerry(RankMethods.Ballots(input), drawn),
            _ => BradleyTerry.Fit(RankMethods.Ballots(input), options),
        });
    }

    private static RankOutcome Contextual(RankInput input, RankSettings settings, ContextualBradleyTerryOptions options)
    {
        Covariates covariates = ((RankInput.Votes)input).Covariates
            ?? throw new RefusedException("contextual-bt needs covariates: --covariates COLUMN,… with columns that are above 0 where they favour the entry named first, as in --covariates length_difference; --covariates length=tokens_a/tokens_b takes the relative difference of two; position is being named first.");
        Standings board = ContextualBradleyTerry.Fit(RankMethods.Ballots(input), covariates, options);
        return new(board, "Ratings say who wins at equal covariates; a coefficient is the log-odds that one unit of its covariate is worth.");
    }

    private static RankOutcome Position(RankInput input, RankSettings settings, PositionBiasOptions options)
    {
        Ballots ballots = RankMethods.Ballots(input);
        PositionBiasStandings result = PositionBias.Fit(ballots, options);
        int moved = Moved(result.Corrected, result.Uncorrected);
        return new(
            result.Corrected,
            ballots.HasDisplaySlots ? "Slot 0 is what was shown first." : "Slot 0 is the entry that a vote names first.",
            string.Create(CultureInfo.InvariantCulture, $"A slot multiplies an entry's strength. Without it {moved} of {ballots.Competitors} places are another entry's (--method bt)."));
    }

    private static RankOutcome Reliability(RankInput input, RankSettings settings, VoterReliabilityOptions options)
    {
        Ballots votes = RankMethods.Ballots(input);
        if (votes.Voters == 1)
        {
            // a single voter is a single cluster, whose covariance is 0 whatever the votes say
            throw new RefusedException("The votes know one voter only, so nobody is more reliable than another. Take --method bt, or name the column of voters with --columns voter=COLUMN.");
        }

        ReliabilityStandings result = VoterReliability.Fit(votes, options);
        return new(result.Weighted, string.Create(CultureInfo.InvariantCulture, $"Without weighing voters {Moved(result.Weighted, result.Unweighted)} of {result.Weighted.Order.Count} places are another entry's (--method bt)."));
    }

    private static int Moved(Standings one, Standings other) => Enumerable.Range(0, one.Order.Count).Count(k => one.Order[k] != other.Order[k]);

    private static RankOutcome Dynamic(RankInput input, RankSettings settings, DynamicBradleyTerryOptions options)
    {
        VoteTimes times = SequentialMethods.Times(input, "dynamic-bt")
            ?? throw new RefusedException("dynamic-bt needs to know when votes were cast. Name the column with --time COLUMN; it holds dates, seconds since 1970, or other numbers.");
        DynamicStandings result;
        try
        {
            result = DynamicBradleyTerry.Fit(RankMethods.Ballots(input), times.Values, options);
        }
        catch (ArgumentException e)
        {
            throw new RefusedException($"{e.Message.Split(" (Parameter")[0]} As in --set Period={options.Period * 10}.");
        }

        return new(
            result.Latest,
            string.Create(CultureInfo.InvariantCulture, $"The board of the last of {result.Periods.Count} periods of {options.Period:0.###}{(!times.InDays ? "" : options.Period.Equals(1.0) ? " day" : " days")} with votes; entries drift by {result.Drift:0.##} points in {(times.InDays ? "a day" : "a unit of time")} (standard deviation)."),
            result.Changes.Count == 0 ? "No entry changed at once." : "")
        {
            Tables =
            [
                new ResultTable(
                    "changes",
                    "Changes that drift alone would hardly make",
                    ["entry", "from", "jump", "z"],
                    [.. result.Changes.Select(c => (object?[])[input.Names[c.Competitor], SequentialMethods.Moment(result.Periods[c.Period], times), c.Jump, c.Z])]),
                new ResultTable(
                    "paths",
                    "",
                    ["entry", "period", "rating", "standard_error"],
                    [.. result.Paths.SelectMany(p => result.Periods.Select((start, k) => (object?[])[input.Names[p.Competitor], SequentialMethods.Moment(start, times), p.Ratings[k], p.StandardErrors[k]]))]),
            ],
        };
    }

    /// <summary>The shortest usual period that makes no more than a few dozen of them.</summary>
    private static double PeriodOf(RankInput input)
    {
        if (input is not RankInput.Votes { Times: { InDays: true } times })
        {
            return 1;
        }

        double[] known = [.. times.Values.Where(double.IsFinite)];
        return Periods.FirstOrDefault(p => known.Select(t => Math.Floor(t / p)).Distinct().Count() <= FewPeriods, Periods[^1]);
    }

    private static bool Wanted(bool? asked, int known, int votes, string what) => asked switch
    {
        null => known >= RankMethods.FewestClusters && known < votes,
        true when known < 2 => throw new RefusedException($"--cluster {what}: the votes name {known} of them, and intervals by cluster need 2 or more. Name the column with --columns {what}=COLUMN, or take --cluster none."),
        var wanted => wanted.Value,
    };
}
