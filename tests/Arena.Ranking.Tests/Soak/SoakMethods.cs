namespace Arena.Ranking.Tests.Soak;

/// <summary>Every estimator of the library, with few rounds and a number of threads.</summary>
internal static class SoakMethods
{
    public static IReadOnlyList<(string Name, Func<SoakArena, int, object> Run)> All { get; } =
    [
        ("elo", (a, t) => Elo.Fit(a.Ballots, With(new EloOptions(), a, t))),
        ("bradley-terry", (a, t) => BradleyTerry.Fit(a.Ballots, With(new BradleyTerryOptions { Cluster = ClusterBy.Voter | ClusterBy.Prompt }, a, t))),
        ("bradley-terry, prior", (a, t) => BradleyTerry.Fit(a.Pairs, With(new BradleyTerryOptions { PriorTies = 0.5 }, a, t))),
        ("bradley-terry, scores", (a, t) => BradleyTerry.Fit(a.Mixed, With(new BradleyTerryOptions { PriorTies = 0.1 }, a, t))),
        ("bradley-terry, bootstrap", (a, t) => BallotBootstrap.FitBradleyTerry(a.Pairs, With(new BradleyTerryOptions { PriorTies = 0.5, Cluster = ClusterBy.Voter }, a, t))),
        ("rao-kupper", (a, t) => RaoKupper.Fit(a.Ballots, With(new RaoKupperOptions(), a, t))),
        ("rao-kupper, ridge", (a, t) => RaoKupper.Fit(a.Pairs, With(new RaoKupperOptions { Ridge = 0.1 }, a, t))),
        ("davidson", (a, t) => Davidson.Fit(a.Ballots, With(new DavidsonOptions(), a, t))),
        ("davidson, ridge", (a, t) => Davidson.Fit(a.Pairs, With(new DavidsonOptions { Ridge = 0.1 }, a, t))),
        ("contextual", (a, t) => ContextualBradleyTerry.Fit(a.Pairs, Covariates.None(a.Pairs.Count), With(new ContextualBradleyTerryOptions(), a, t))),
        ("reliability", (a, t) => VoterReliability.Fit(a.Pairs, With(new VoterReliabilityOptions(), a, t))),
        ("position bias", (a, t) => PositionBias.Fit(a.Ballots, With(new PositionBiasOptions(), a, t))),
        ("expectation propagation", (a, t) => BayesianBradleyTerry.Fit(a.Pairs, With(new BayesianBradleyTerryOptions(), a, t))),
        ("dynamic", (a, t) => DynamicBradleyTerry.Fit(a.Pairs, a.Times, With(new DynamicBradleyTerryOptions(), a, t))),
        ("plackett-luce", (a, t) => PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { Cluster = ClusterBy.Voter }, a, t))),
        ("plackett-luce, prior", (a, t) => PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { PriorTies = 0.2 }, a, t))),
        ("plackett-luce, minorise-maximise", (a, t) => PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { PriorTies = 0.2, Solver = PlackettLuceSolver.MinoriseMaximise }, a, t))),
        ("plackett-luce, spectral", (a, t) => PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { SpectralAlpha = 0.1, Solver = PlackettLuceSolver.Spectral }, a, t))),
        ("davidson-luce", (a, t) => PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { Ties = PlackettLuceTies.DavidsonLuce, Cluster = ClusterBy.Prompt }, a, t))),
        ("davidson-luce, ridge", (a, t) => PlackettLuce.Fit(a.Pairs, With(new PlackettLuceOptions { Ties = PlackettLuceTies.DavidsonLuce, Ridge = 0.1 }, a, t))),
        ("weng-lin", (a, t) => WengLin.Fit(a.Ballots, With(new WengLinOptions(), a, t))),
        ("k-sort", (a, t) => KSort.Fit(a.Ballots, With(new KSortOptions(), a, t))),
        ("trueskill", (a, t) => TrueSkill.Fit(a.Ballots, With(new TrueSkillOptions(), a, t))),
        ("elo-mmr", (a, t) => EloMmr.Fit(a.Ballots, With(new EloMmrOptions(), a, t))),
        ("glicko", (a, t) => Glicko.Fit(a.Ballots, With(new GlickoOptions(), a, t))),
        ("topcoder", (a, t) => TopCoderRating.Fit(a.Ballots, With(new TopCoderOptions(), a, t))),
        ("codeforces", (a, t) => CodeforcesRating.Fit(a.Ballots, With(new CodeforcesOptions(), a, t))),
        ("trueskill-spb", (a, t) => TrueSkillSpb.Fit(a.Ballots, With(new TrueSkillSpbOptions(), a, t))),
        ("bayesian approximation", (a, t) => BayesianApproximationRating.Fit(a.Ballots, With(new BayesianApproximationOptions(), a, t))),
        ("borda", (a, t) => Borda.Fit(a.Ballots, With(new BordaOptions(), a, t))),
        ("borda, scores", (a, t) => Borda.Fit(a.Scores, With(new BordaOptions { Scale = BordaScale.Share }, a, t))),
        ("borda, two levels", (a, t) => Borda.FitTwoLevel([a.Scores, a.Scores], With(new BordaOptions(), a, t))),
        ("copeland", (a, t) => Copeland.Fit(a.Ballots, With(new CopelandOptions(), a, t))),
        ("schulze", (a, t) => Schulze.Fit(a.Ballots, With(new SchulzeOptions(), a, t))),
        ("ranked pairs", (a, t) => RankedPairs.Fit(a.Ballots, With(new RankedPairsOptions(), a, t))),
        ("kemeny", (a, t) => Kemeny.Fit(a.Ballots, With(new KemenyOptions { ExactLimit = 8 }, a, t))),
        ("maximal lottery", (a, t) => MaximalLottery.Fit(a.Ballots, With(new MaximalLotteryOptions(), a, t))),
        ("minimax", (a, t) => Minimax.Fit(a.Ballots, With(new VotingOptions(), a, t))),
        ("plurality", (a, t) => Plurality.Fit(a.Mixed, With(new VotingOptions(), a, t))),
        ("hodge", (a, t) => HodgeRank.Fit(a.Ballots, With(new HodgeRankOptions(), a, t))),
        ("cyclic preference", (a, t) => CyclicPreference.Fit(a.Pairs, With(new CyclicPreferenceOptions { Blocks = 1 }, a, t))),
        ("fragility", (a, _) => Fragility.Of(a.Pairs)),
        ("anomalies", (a, t) => VoteAnomalies.Find(a.Ballots, PlackettLuce.Fit(a.Ballots, With(new PlackettLuceOptions { PriorTies = 0.2 }, a, t)))),
        ("tie groups", (a, t) => TieGroups.Of(Elo.Fit(a.Pairs, With(new EloOptions(), a, t)))),
        ("mixed sources", Mixed),
        ("mean", (a, t) => MeanScore.Fit(a.Scores, With(new MeanScoreOptions(), a, t))),
        ("onebench", (a, t) => OneBench.Fit(a.Mixed, With(new OneBenchOptions(), a, t))),
        ("onebench, prior", (a, t) => OneBench.Fit(a.Mixed, With(new OneBenchOptions { PriorTies = 0.2, Ties = SampleTies.Equal }, a, t))),
        ("onebench, compatible", (a, t) => OneBench.Fit(a.Scores, With(new OneBenchOptions { OneBenchCompatible = true, SpectralAlpha = 0.1 }, a, t))),
        ("alpha-rank", (a, t) => AlphaRank.Fit(a.Symmetric, With(new AlphaRankOptions { Alpha = 10 }, a, t))),
        ("alpha-rank, infinite", (a, t) => AlphaRank.Fit(a.General, With(new AlphaRankOptions { Alpha = double.PositiveInfinity, Uncertainty = PayoffUncertainty.Normal }, a, t))),
        ("alpha-rank, bounds", (a, t) => AlphaRank.Fit(a.Symmetric, With(new AlphaRankOptions { Alpha = 1, LocalSelection = false, Uncertainty = PayoffUncertainty.Bounds }, a, t))),
        ("alpha-rank, sweep", (a, t) => AlphaRank.SweepAlpha(a.General, new AlphaRankSweepOptions { MaxDegreeOfParallelism = t })),
        ("nash", (a, t) => Nash.Fit(a.General, With(new NashOptions { MaxIterations = 200, Uncertainty = PayoffUncertainty.Normal }, a, t))),
        ("nash, symmetric", (a, t) => Nash.Fit(a.Symmetric, With(new NashOptions { MaxIterations = 200 }, a, t))),
    ];

    /// <summary>Sources without a covariance are not to be mixed, and are told as they are.</summary>
    private static object Mixed(SoakArena arena, int threads)
    {
        BradleyTerryOptions options = With(new BradleyTerryOptions { PriorTies = 0.5 }, arena, threads);
        (Standings first, Standings second) = (BradleyTerry.Fit(arena.Pairs, options), BradleyTerry.Fit(arena.Ballots, options));
        return first.Covariance is null || second.Covariance is null
            ? (first, second)
            : MixedSources.Combine([new RatingSource("first", first), new RatingSource("second", second)], With(new MixedSourcesOptions { CombineDespiteDisagreement = true }, arena, threads));
    }

    private static T With<T>(T options, SoakArena arena, int threads)
        where T : FitOptions =>
        (T)(options with { Rounds = 20, Seed = arena.Seed, MaxDegreeOfParallelism = threads });
}
