namespace Arena.Ranking.Tests.Degenerate;

/// <summary>Every estimator of the library, with its defaults and in the settings that take other ways through the code.</summary>
internal static class Estimators
{
    private const ClusterBy Both = ClusterBy.Voter | ClusterBy.Prompt;

    /// <summary>What documented argument exceptions say: a tally of slates, a fit without covariance where one is needed.</summary>
    public static readonly string[] DocumentedRefusals = ["A tally does not know which ballots belong together", "no covariance, so nothing says how"];

    public static readonly Dictionary<string, (Type Type, Func<Ballots, object> Fit)> OfBallots = new(StringComparer.Ordinal)
    {
        ["Bradley–Terry"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50 })),
        ["Bradley–Terry, both ways"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, Cluster = Both })),
        ["Bradley–Terry, prior"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 })),
        ["Bradley–Terry, minorise–maximise"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, Solver = BradleyTerrySolver.MinoriseMaximise })),
        ["Bradley–Terry, arena-rank"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, ArenaRankCompatible = true })),
        ["Bradley–Terry, tally"] = (typeof(BradleyTerry), b =>
        {
            var tally = new PairwiseTally(b.Competitors);
            tally.Add(b);
            return BradleyTerry.Fit(tally, new BradleyTerryOptions { Rounds = 50 });
        }),
        ["Bradley–Terry, stream"] = (typeof(BradleyTerry), b => BradleyTerry.Fit(b.Competitors, () => [b], new BradleyTerryOptions { Rounds = 50, Cluster = ClusterBy.Voter })),
        ["bootstrap of Bradley–Terry"] = (typeof(BallotBootstrap), b => BallotBootstrap.FitBradleyTerry(b, new BradleyTerryOptions { Rounds = 30 })),
        ["bootstrap of Bradley–Terry, voters"] = (typeof(BallotBootstrap), b => BallotBootstrap.FitBradleyTerry(b, new BradleyTerryOptions { Rounds = 30, Cluster = ClusterBy.Voter })),
        ["bootstrap of anything"] = (typeof(BallotBootstrap), b => BallotBootstrap.Fit(b, d => [.. Borda.Fit(d, new BordaOptions { Resampling = VoteResampling.None }).Competitors.Select(c => c.Rating)], new BallotBootstrapOptions { Rounds = 30 })),
        ["Rao–Kupper"] = (typeof(RaoKupper), b => RaoKupper.Fit(b, new RaoKupperOptions { Rounds = 50 })),
        ["Rao–Kupper, ridge"] = (typeof(RaoKupper), b => RaoKupper.Fit(b, new RaoKupperOptions { Rounds = 50, Ridge = 0.1, Cluster = Both })),
        ["Davidson"] = (typeof(Davidson), b => Davidson.Fit(b, new DavidsonOptions { Rounds = 50 })),
        ["Davidson, ridge"] = (typeof(Davidson), b => Davidson.Fit(b, new DavidsonOptions { Rounds = 50, Ridge = 0.1, Cluster = Both })),
        ["contextual"] = (typeof(ContextualBradleyTerry), b => ContextualBradleyTerry.Fit(b, Covariates.None(b.Count).WithPosition(), new ContextualBradleyTerryOptions { Rounds = 50 })),
        ["contextual, no ridge"] = (typeof(ContextualBradleyTerry), b => ContextualBradleyTerry.Fit(b, Covariates.None(b.Count).WithPosition(), new ContextualBradleyTerryOptions { Rounds = 50, Ridge = 0 })),
        ["Bayesian"] = (typeof(BayesianBradleyTerry), b => BayesianBradleyTerry.Fit(b, new BayesianBradleyTerryOptions { Rounds = 50 })),
        ["Bayesian, probit"] = (typeof(BayesianBradleyTerry), b => BayesianBradleyTerry.Fit(b, new BayesianBradleyTerryOptions { Rounds = 50, Link = PairLink.Probit })),
        ["voter reliability"] = (typeof(VoterReliability), b => VoterReliability.Fit(b, new VoterReliabilityOptions { Rounds = 50 })),
        ["voter reliability, ridge"] = (typeof(VoterReliability), b => VoterReliability.Fit(b, new VoterReliabilityOptions { Rounds = 50, Ridge = 0.1 })),
        ["position bias"] = (typeof(PositionBias), b => PositionBias.Fit(b, new PositionBiasOptions { Rounds = 50 })),
        ["position bias, ridge"] = (typeof(PositionBias), b => PositionBias.Fit(b, new PositionBiasOptions { Rounds = 50, Ridge = 0.1 })),
        ["dynamic"] = (typeof(DynamicBradleyTerry), b => DynamicBradleyTerry.Fit(b, [.. Enumerable.Range(0, b.Count).Select(v => v / 2.0)], new DynamicBradleyTerryOptions { Period = 100, Rounds = 50 })),
        ["dynamic, short periods"] = (typeof(DynamicBradleyTerry), b => DynamicBradleyTerry.Fit(b, [.. Enumerable.Range(0, b.Count).Select(v => (double)v)], new DynamicBradleyTerryOptions { Period = 20, Rounds = 50 })),
        ["mixed sources"] = (typeof(MixedSources), b =>
        {
            Standings source = BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 });
            return MixedSources.Combine([new RatingSource("one", source), new RatingSource("other", source)], new MixedSourcesOptions { Rounds = 50 });
        }),
        ["Plackett–Luce"] = (typeof(PlackettLuce), b => PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 50 })),
        ["Plackett–Luce, prior, both ways"] = (typeof(PlackettLuce), b => PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 50, PriorTies = 0.5, Cluster = Both })),
        ["Plackett–Luce, ridge"] = (typeof(PlackettLuce), b => PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 50, Ridge = 0.1 })),
        ["Plackett–Luce, minorise–maximise"] = (typeof(PlackettLuce), b => PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 50, Solver = PlackettLuceSolver.MinoriseMaximise })),
        ["Plackett–Luce, spectral"] = (typeof(PlackettLuce), b => PlackettLuce.Fit(b, new PlackettLuceOptions { Rounds = 50, Solver = PlackettLuceSolver.Spectral })),
        ["Plackett–Luce, running"] = (typeof(PlackettLuce), b =>
        {
            var running = new RunningPlackettLuce(b.Competitors, new PlackettLuceOptions { Ridge = 0.1 });
            running.Add(b);
            running.Converge();
            return running.Ratings.ToArray().Concat(running.Influence(b)).ToArray();
        }),
        ["Elo"] = (typeof(Elo), b => Elo.Fit(b, new EloOptions { Rounds = 30 })),
        ["Elo, both ways"] = (typeof(Elo), b => Elo.Fit(b, new EloOptions { Rounds = 30, Resample = Both })),
        ["Weng–Lin PL"] = (typeof(WengLin), b => WengLin.Fit(b)),
        ["Weng–Lin BT"] = (typeof(WengLin), b => WengLin.Fit(b, new WengLinOptions { Model = WengLinModel.BradleyTerryFull })),
        ["Weng–Lin TM"] = (typeof(WengLin), b => WengLin.Fit(b, new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull })),
        ["K-Sort"] = (typeof(KSort), b => KSort.Fit(b)),
        ["K-Sort, averaged"] = (typeof(KSort), b => KSort.Fit(b, new KSortOptions { Averaged = true })),
        ["TrueSkill"] = (typeof(TrueSkill), b => TrueSkill.Fit(b)),
        ["Elo-MMR"] = (typeof(EloMmr), b => EloMmr.Fit(b)),
        ["Elo-MMR, fast"] = (typeof(EloMmr), b => EloMmr.Fit(b, EloMmrOptions.Fast)),
        ["Glicko"] = (typeof(Glicko), b => Glicko.Fit(b)),
        ["Bayesian approximation"] = (typeof(BayesianApproximationRating), b => BayesianApproximationRating.Fit(b)),
        ["TrueSkill-SPb"] = (typeof(TrueSkillSpb), b => TrueSkillSpb.Fit(b)),
        ["Codeforces"] = (typeof(CodeforcesRating), b => CodeforcesRating.Fit(b)),
        ["TopCoder"] = (typeof(TopCoderRating), b => TopCoderRating.Fit(b)),
        ["Borda"] = (typeof(Borda), b => Borda.Fit(b, new BordaOptions { Rounds = 30 })),
        ["Borda, shares"] = (typeof(Borda), b => Borda.Fit(b, new BordaOptions { Rounds = 30, Scale = BordaScale.Share })),
        ["plurality"] = (typeof(Plurality), b => Plurality.Fit(b, new VotingOptions { Rounds = 30 })),
        ["Copeland"] = (typeof(Copeland), b => Copeland.Fit(b, new CopelandOptions { Rounds = 30 })),
        ["minimax"] = (typeof(Minimax), b => Minimax.Fit(b, new VotingOptions { Rounds = 30 })),
        ["Schulze"] = (typeof(Schulze), b => Schulze.Fit(b, new SchulzeOptions { Rounds = 30 })),
        ["ranked pairs"] = (typeof(RankedPairs), b => RankedPairs.Fit(b, new RankedPairsOptions { Rounds = 30 })),
        ["Kemeny"] = (typeof(Kemeny), b => Kemeny.Fit(b, new KemenyOptions { Rounds = 30 })),
        ["maximal lottery"] = (typeof(MaximalLottery), b => MaximalLottery.Fit(b, new MaximalLotteryOptions { Rounds = 30 })),
        ["HodgeRank"] = (typeof(HodgeRank), b => HodgeRank.Fit(b, new HodgeRankOptions { Rounds = 30 })),
        ["HodgeRank, log-odds"] = (typeof(HodgeRank), b => HodgeRank.Fit(b, new HodgeRankOptions { Rounds = 30, Flow = HodgeFlow.LogOdds })),
        ["cyclic preference"] = (typeof(CyclicPreference), b => CyclicPreference.Fit(b, new CyclicPreferenceOptions { Rounds = 10 })),
        ["duels"] = (typeof(PairwiseVotes), b => PairwiseVotes.Of(b).UncoveredSet()),
        ["fragility"] = (typeof(Fragility), b => Fragility.Of(b)),
        ["tie groups"] = (typeof(TieGroups), b => TieGroups.Tiers(BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 }))),
        ["votes needed"] = (typeof(VotesNeeded), b => VotesNeeded.Between(BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 }), 0, 1)),
        ["vote anomalies"] = (typeof(VoteAnomalies), b => VoteAnomalies.Find(b, BradleyTerry.Fit(b, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 }))),
        ["inverse probability"] = (typeof(InverseProbability), b => InverseProbability.Weigh(b, [.. Enumerable.Repeat(0.5, b.Count)])),
    };

    public static readonly Dictionary<string, (Type Type, Func<ScoreMatrix, object> Fit)> OfScores = new(StringComparer.Ordinal)
    {
        ["mean score"] = (typeof(MeanScore), s => MeanScore.Fit(s, new MeanScoreOptions { Rounds = 50 })),
        ["Bradley–Terry"] = (typeof(BradleyTerry), s => BradleyTerry.Fit(s, new BradleyTerryOptions { Rounds = 50 })),
        ["Bradley–Terry, prior"] = (typeof(BradleyTerry), s => BradleyTerry.Fit(s, new BradleyTerryOptions { Rounds = 50, PriorTies = 0.5 })),
        ["ONEBench"] = (typeof(OneBench), s => OneBench.Fit(s, new OneBenchOptions { Rounds = 50 })),
        ["ONEBench, ties equal"] = (typeof(OneBench), s => OneBench.Fit(s, new OneBenchOptions { Rounds = 50, Ties = SampleTies.Equal })),
        ["Borda"] = (typeof(Borda), s => Borda.Fit(s, new BordaOptions { Rounds = 30 })),
        ["Borda, two levels"] = (typeof(Borda), s => Borda.FitTwoLevel([s, s], new BordaOptions { Rounds = 30 })),
        ["plurality"] = (typeof(Plurality), s => Plurality.Fit(s, new VotingOptions { Rounds = 30 })),
        ["Copeland"] = (typeof(Copeland), s => Copeland.Fit(s, new CopelandOptions { Rounds = 30 })),
        ["minimax"] = (typeof(Minimax), s => Minimax.Fit(s, new VotingOptions { Rounds = 30 })),
        ["Schulze"] = (typeof(Schulze), s => Schulze.Fit(s, new SchulzeOptions { Rounds = 30 })),
        ["ranked pairs"] = (typeof(RankedPairs), s => RankedPairs.Fit(s, new RankedPairsOptions { Rounds = 30 })),
        ["Kemeny"] = (typeof(Kemeny), s => Kemeny.Fit(s, new KemenyOptions { Rounds = 30 })),
        ["maximal lottery"] = (typeof(MaximalLottery), s => MaximalLottery.Fit(s, new MaximalLotteryOptions { Rounds = 30 })),
        ["duels"] = (typeof(PairwiseVotes), s => PairwiseVotes.Of(s).TopCycle()),
    };

    public static readonly Dictionary<string, (Type Type, Func<PayoffTables, object> Fit)> OfPayoffs = new(StringComparer.Ordinal)
    {
        ["α-Rank"] = (typeof(AlphaRank), t => AlphaRank.Fit(t)),
        ["α-Rank, weak"] = (typeof(AlphaRank), t => AlphaRank.Fit(t, new AlphaRankOptions { Alpha = 1e-3 })),
        ["α-Rank, infinite"] = (typeof(AlphaRank), t => AlphaRank.Fit(t, new AlphaRankOptions { Alpha = double.PositiveInfinity })),
        ["α-Rank, global selection"] = (typeof(AlphaRank), t => AlphaRank.Fit(t, new AlphaRankOptions { LocalSelection = false })),
        ["α-Rank, payoffs drawn"] = (typeof(AlphaRank), t => AlphaRank.Fit(t, new AlphaRankOptions { Uncertainty = PayoffUncertainty.Normal, Rounds = 20 })),
        ["α-Rank, sweep"] = (typeof(AlphaRank), t => AlphaRank.SweepAlpha(t)),
        ["α-Rank, sweep of noise"] = (typeof(AlphaRank), t => AlphaRank.SweepNoise(t)),
        ["α-Rank, suggested"] = (typeof(AlphaRank), t => AlphaRank.SuggestAlpha(t)),
        ["Nash"] = (typeof(Nash), t => Nash.Fit(t)),
        ["Nash, regularised"] = (typeof(Nash), t => Nash.Fit(t, new NashOptions { Solver = NashSolver.Regularised, MaxIterations = 2000 })),
    };
}
