namespace Arena.Ranking.Tests.Properties;

/// <summary>Every method of the library, in the order of the table of docs/ranking.md, with the seed of a counterexample for each property that it lacks.</summary>
internal static class RankedMethods
{
    public static readonly RankedMethod[] All =
    [
        new(
            "Mean score",
            typeof(MeanScore),
            ScoreData.Complete,
            (e, s) => MeanScore.Fit(Scores(e), new MeanScoreOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads })),
        new(
            "Mean score, scores missing",
            typeof(MeanScore),
            ScoreData.Sparse,
            (e, s) => MeanScore.Fit(Scores(e), new MeanScoreOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "Bradley–Terry on scores",
            typeof(BradleyTerry),
            ScoreData.Complete,
            (e, s) => BradleyTerry.Fit(Scores(e), BradleyTerryWith(s))),
        new(
            "Bradley–Terry, scores missing",
            typeof(BradleyTerry),
            ScoreData.Sparse,
            (e, s) => BradleyTerry.Fit(Scores(e), BradleyTerryWith(s)))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "ONEBench",
            typeof(OneBench),
            ScoreData.Complete,
            (e, s) => OneBench.Fit(Scores(e), new OneBenchOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Standings)
        {
            Lacks = [new("ballots reversed", 3), new("clone", 3)],
        },
        new(
            "ONEBench, scores missing",
            typeof(OneBench),
            ScoreData.Sparse,
            (e, s) => OneBench.Fit(Scores(e), new OneBenchOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Standings)
        {
            Lacks = [new("ballots reversed", 3), new("clone", 3)],
        },
        new(
            "Borda, two levels",
            typeof(Borda),
            ScoreData.Complete,
            (e, s) => Borda.FitTwoLevel(((ScoreData)e).ByMetric, new BordaOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }))
        {
            Lacks = [new("clone", 18)],
        },

        new(
            "Bradley–Terry, pairs",
            typeof(BradleyTerry),
            VoteData.Pairs,
            (e, s) => BradleyTerry.Fit(Votes(e), BradleyTerryWith(s)))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "Bradley–Terry, slates",
            typeof(BradleyTerry),
            Slates,
            (e, s) => BradleyTerry.Fit(Votes(e), BradleyTerryWith(s)))
        {
            Lacks = [new("clone", 1)],
        },
        new(
            "Rao–Kupper",
            typeof(RaoKupper),
            VoteData.Pairs,
            (e, s) => RaoKupper.Fit(Votes(e), new RaoKupperOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "Davidson",
            typeof(Davidson),
            VoteData.Pairs,
            (e, s) => Davidson.Fit(Votes(e), new DavidsonOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "Contextual Bradley–Terry",
            typeof(ContextualBradleyTerry),
            VoteData.Pairs,
            (e, s) => ContextualBradleyTerry.Fit(Votes(e), ((VoteData)e).Covariates, new ContextualBradleyTerryOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes doubled", 56), new("clone", 3)],
        },
        new(
            "Bayesian Bradley–Terry",
            typeof(BayesianBradleyTerry),
            VoteData.Pairs,
            (e, s) => BayesianBradleyTerry.Fit(Votes(e), new BayesianBradleyTerryOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes doubled", 357), new("clone", 6)],
        },
        new(
            "Voter reliability",
            typeof(VoterReliability),
            VoteData.Pairs,
            (e, s) => VoterReliability.Fit(Votes(e), new VoterReliabilityOptions { Ridge = 0.1, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Weighted)
        {
            Lacks = [new("votes doubled", 3), new("last win", 45), new("any win", 45), new("clone", 6)],
        },
        new(
            "Position bias",
            typeof(PositionBias),
            VoteData.Pairs,
            (e, s) => PositionBias.Fit(Votes(e), new PositionBiasOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Corrected)
        {
            Lacks = [new("clone", 3)],
        },
        new(
            "Dynamic Bradley–Terry",
            typeof(DynamicBradleyTerry),
            VoteData.Pairs,
            (e, s) => DynamicBradleyTerry.Fit(Votes(e), ((VoteData)e).Times, new DynamicBradleyTerryOptions { Period = 20, Drift = 2, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Latest)
        {
            Lacks = [new("votes doubled", 1), new("last win", 93), new("any win", 59), new("clone", 6)],
        },
        new(
            "Mixed sources",
            typeof(MixedSources),
            VoteData.Pairs,
            (e, s) => MixedSources.Combine(Sources(e), new MixedSourcesOptions { CombineDespiteDisagreement = true, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Standings)
        {
            Lacks = [new("votes doubled", 2), new("last win", 17), new("any win", 17), new("clone", 3)],
        },
        new(
            "Plackett–Luce, pairs",
            typeof(PlackettLuce),
            VoteData.Pairs,
            (e, s) => PlackettLuce.Fit(Votes(e), new PlackettLuceOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("clone", 6)],
        },
        new(
            "Plackett–Luce, slates",
            typeof(PlackettLuce),
            Slates,
            (e, s) => PlackettLuce.Fit(Votes(e), new PlackettLuceOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("ballots reversed", 1), new("clone", 1)],
        },

        new(
            "Elo",
            typeof(Elo),
            Slates,
            (e, s) => Elo.Fit(Votes(e), new EloOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 24), new("any win", 12, () => VoteData.EvenWithOthersThenWithOne(200)), new("clone", 1)],
        },
        new(
            "Weng–Lin Plackett–Luce",
            typeof(WengLin),
            Slates,
            (e, s) => WengLin.Fit(Votes(e), new WengLinOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("ballots reversed", 1), new("votes doubled", 1), new("any win", 1716), new("clone", 1)],
        },
        new(
            "Weng–Lin Bradley–Terry",
            typeof(WengLin),
            Slates,
            (e, s) => WengLin.Fit(Votes(e), new WengLinOptions { Model = WengLinModel.BradleyTerryFull, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 2), new("any win", 12), new("clone", 1)],
        },
        new(
            "Weng–Lin Thurstone–Mosteller",
            typeof(WengLin),
            Slates,
            (e, s) => WengLin.Fit(Votes(e), new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 1), new("any win", 1), new("clone", 1)],
        },
        new(
            "K-Sort",
            typeof(KSort),
            Slates,
            (e, s) => KSort.Fit(Votes(e), new KSortOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 1, () => VoteData.Pairs(1)), new("any win", 3), new("clone", 20)],
        },
        new(
            "TrueSkill",
            typeof(TrueSkill),
            Slates,
            (e, s) => TrueSkill.Fit(Votes(e), new TrueSkillOptions { Tolerance = 1e-10, MaxIterations = 1000, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 1), new("any win", 8), new("clone", 1)],
        },
        new(
            "Elo-MMR",
            typeof(EloMmr),
            Slates,
            (e, s) => EloMmr.Fit(Votes(e), new EloMmrOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 5), new("any win", 3), new("clone", 2)],
        },
        new(
            "Glicko",
            typeof(Glicko),
            Slates,
            (e, s) => Glicko.Fit(Votes(e), new GlickoOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 2), new("any win", 12), new("clone", 5)],
        },
        new(
            "Bayesian approximation",
            typeof(BayesianApproximationRating),
            Slates,
            (e, s) => BayesianApproximationRating.Fit(Votes(e), new BayesianApproximationOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 10), new("any win", 12, () => VoteData.EvenWithOthersThenWithOne(20)), new("clone", 6)],
        },
        new(
            "TrueSkill-SPb",
            typeof(TrueSkillSpb),
            Slates,
            (e, s) => TrueSkillSpb.Fit(Votes(e), new TrueSkillSpbOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("ballots reversed", 1), new("votes doubled", 14), new("any win", 8), new("clone", 8)],
        },
        new(
            "Codeforces",
            typeof(CodeforcesRating),
            Slates,
            (e, s) => CodeforcesRating.Fit(Votes(e), new CodeforcesOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("ballots reversed", 2), new("votes doubled", 42), new("any win", 486), new("clone", 1)],
        },
        new(
            "TopCoder",
            typeof(TopCoderRating),
            Slates,
            (e, s) => TopCoderRating.Fit(Votes(e), new TopCoderOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }))
        {
            Lacks = [new("votes permuted", 1), new("votes doubled", 1), new("any win", 10), new("clone", 1)],
        },

        new(
            "Borda",
            typeof(Borda),
            VoteData.Complete,
            (e, s) => Borda.Fit(Votes(e), new BordaOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }))
        {
            Lacks = [new("clone", 1)],
        },
        new(
            "Plurality",
            typeof(Plurality),
            VoteData.Complete,
            (e, s) => Plurality.Fit(Votes(e), VotingWith(s)))
        {
            Lacks = [new("ballots reversed", 1), new("clone", 2)],
        },
        new(
            "Copeland",
            typeof(Copeland),
            VoteData.Complete,
            (e, s) => Copeland.Fit(Votes(e), new CopelandOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }))
        {
            Lacks = [new("clone", 2)],
        },
        new(
            "Minimax",
            typeof(Minimax),
            VoteData.Complete,
            (e, s) => Minimax.Fit(Votes(e), VotingWith(s)))
        {
            Lacks = [new("ballots reversed", 1), new("clone", 7)],
        },
        new(
            "Schulze",
            typeof(Schulze),
            VoteData.Complete,
            (e, s) => Schulze.Fit(Votes(e), new SchulzeOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings)
        {
            Lacks = [new("clone", 5)],
        },
        new(
            "Ranked pairs",
            typeof(RankedPairs),
            VoteData.Complete,
            (e, s) => RankedPairs.Fit(Votes(e), new RankedPairsOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings)
        {
            Lacks = [new("last win", 284), new("any win", 284), new("clone", 5)],
        },
        new(
            "Kemeny",
            typeof(Kemeny),
            VoteData.Complete,
            (e, s) => Kemeny.Fit(Votes(e), new KemenyOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings)
        {
            Lacks = [new("clone", 5)],
        },
        new(
            "Maximal lottery",
            typeof(MaximalLottery),
            VoteData.Complete,
            (e, s) => MaximalLottery.Fit(Votes(e), new MaximalLotteryOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings)
        {
            Lacks = [new("ballots reversed", 1), new("last win", 14), new("any win", 14), new("clone", 2)],
        },
        new(
            "HodgeRank",
            typeof(HodgeRank),
            VoteData.Complete,
            (e, s) => HodgeRank.Fit(Votes(e), new HodgeRankOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings)
        {
            Lacks = [new("last win", 84), new("any win", 84), new("clone", 1)],
        },
        new(
            "Cyclic preference",
            typeof(CyclicPreference),
            VoteData.Complete,
            (e, s) => CyclicPreference.Fit(Votes(e), new CyclicPreferenceOptions { Tolerance = 1e-15, MaxIterations = 5000, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads, Resampling = s.Resampling }).Standings) { Tries = 10, Lacks = [new("votes permuted", 52), new("votes doubled", 8), new("last win", 200), new("any win", 9), new("clone", 1)] },

        new(
            "α-Rank, one population",
            typeof(AlphaRank),
            PayoffData.OnePopulation,
            (e, s) => AlphaRank.Fit(Tables(e), new AlphaRankOptions { Alpha = 3, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Populations[0])
        {
            Lacks = [new("clone", 4)],
        },
        new(
            "α-Rank, several",
            typeof(AlphaRank),
            PayoffData.TwoPopulations,
            (e, s) => AlphaRank.Fit(Tables(e), new AlphaRankOptions { Alpha = 3, Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Populations[0])
        {
            Lacks = [new("last win", 968), new("any win", 968), new("clone", 9)],
        },
        new(
            "Nash, zero-sum",
            typeof(Nash),
            PayoffData.ZeroSum,
            (e, s) => Nash.Fit(Tables(e), new NashOptions { Rounds = s.Rounds, MaxDegreeOfParallelism = s.Threads }).Populations[0])
        {
            Lacks = [new("last win", 12), new("any win", 12)],
        },
    ];

    private static VoteData Slates(ulong seed) => VoteData.Slates(seed);

    private static Ballots Votes(IEvidence evidence) => ((VoteData)evidence).Ballots;

    private static ScoreMatrix Scores(IEvidence evidence) => ((ScoreData)evidence).Scores;

    private static PayoffTables Tables(IEvidence evidence) => ((PayoffData)evidence).Tables;

    private static BradleyTerryOptions BradleyTerryWith(MethodSettings settings) => new() { Rounds = settings.Rounds, MaxDegreeOfParallelism = settings.Threads };

    private static VotingOptions VotingWith(MethodSettings settings) => new() { Rounds = settings.Rounds, MaxDegreeOfParallelism = settings.Threads, Resampling = settings.Resampling };

    /// <summary>The votes of two groups of voters, each fitted apart; by posteriors, because either alone may have no other fit.</summary>
    private static RatingSource[] Sources(IEvidence evidence) =>
    [
        .. Enumerable.Range(0, 2).Select(k => new RatingSource(
            $"voters {k}",
            BayesianBradleyTerry.Fit(((VoteData)evidence).OfVoters(k), new BayesianBradleyTerryOptions { Rounds = 1 }))),
    ];
}
