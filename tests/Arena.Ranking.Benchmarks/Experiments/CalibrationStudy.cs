namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>How votes come about in a simulated arena.</summary>
internal enum ArenaDesign
{
    /// <summary>Every vote for itself, pairs uniform.</summary>
    Independent,

    /// <summary>Every voter has a taste: an offset for each entry.</summary>
    VoterEffects,

    /// <summary>Every prompt suits some entries: an offset for each.</summary>
    PromptEffects,

    /// <summary>Entries meet those that stand close to them after the votes so far.</summary>
    Adaptive,

    /// <summary>The last entry has 50 votes, the others hundreds.</summary>
    Newcomer,

    /// <summary>As adaptive, but close by their true strengths: unequal pairs that do not depend on votes.</summary>
    Matched,
}

/// <summary>What intervals held, over simulated arenas.</summary>
/// <param name="Design">How votes came about.</param>
/// <param name="Method">Which intervals.</param>
/// <param name="Arenas">Simulated arenas that had a fit.</param>
/// <param name="Pairs">Share of pointwise intervals of differences that held the truth.</param>
/// <param name="NewcomerPairs">The same for pairs with the last entry.</param>
/// <param name="Ranks">Share of arenas in which every true rank lay in its interval.</param>
/// <param name="Width">Mean width of rank intervals, 1 is certain.</param>
internal sealed record CalibrationRow(ArenaDesign Design, string Method, int Arenas, double Pairs, double NewcomerPairs, double Ranks, double Width);

/// <summary>
/// Do 95 % intervals hold 95 %? Ten entries, 1,500 votes, five ways and a control for votes to come about. The truth under voter or prompt effects is what
/// Bradley–Terry converges to with ever more voters and prompts: the fit to expected wins.
/// </summary>
internal static class CalibrationStudy
{
    public const int Entries = 10;
    public const int Votes = 1500;
    public const int Clusters = 100;
    public const int NewcomerVotes = 50;
    public const double EffectDeviation = 0.7;

    /// <summary>Coverage of one kind of interval under one design.</summary>
    public static CalibrationRow Measure(ArenaDesign design, string method, int arenas, int seed, Func<Ballots, Standings> fit)
    {
        var results = new (double Pairs, double Newcomer, double Ranks, double Width)?[arenas];
        Parallel.For(0, arenas, arena =>
        {
            var random = new Random(HashCode(seed, (int)design, arena));
            double[] strengths = [.. Enumerable.Range(0, Entries).Select(_ => Normal(random))];
            Ballots ballots = Simulate(design, strengths, random);
            double[] truth = Truth(design, strengths);
            try
            {
                results[arena] = Hold(fit(ballots), truth);
            }
            catch (RankingException e) when (e.Diagnosis is Diagnosis.Separable)
            {
                results[arena] = null; // no finite fit: counted apart, by Arenas
            }
        });
        (double Pairs, double Newcomer, double Ranks, double Width)[] held = [.. results.OfType<(double, double, double, double)>()];
        return new CalibrationRow(
            design, method, held.Length, held.Average(h => h.Pairs), held.Average(h => h.Newcomer), held.Average(h => h.Ranks), held.Average(h => h.Width));
    }

    /// <summary>Votes with effects of voters, the last entry's given by a few of them; and the truth.</summary>
    public static (Ballots Ballots, double[] Truth) NewcomerOfFewVoters(int voters, int seed)
    {
        var random = new Random(seed);
        double[] strengths = [.. Enumerable.Range(0, Entries).Select(_ => Normal(random))];
        double[] effects = [.. Enumerable.Range(0, Clusters * Entries).Select(_ => EffectDeviation * Normal(random))];
        var builder = new BallotsBuilder(Entries, Votes);
        for (int vote = 0; vote < Votes; vote++)
        {
            (int first, int second) = Pair(ArenaDesign.Newcomer, vote, [], random);
            int voter = random.Next(vote < NewcomerVotes ? voters : Clusters);
            builder.AddPair(first, second, Outcome(strengths, effects, voter, first, second, random), new BallotDetails(1, voter));
        }

        return (builder.ToBallots(), Truth(ArenaDesign.VoterEffects, strengths));
    }

    /// <summary>The default intervals.</summary>
    public static Standings Fit(Ballots ballots, ClusterBy cluster) =>
        BradleyTerry.Fit(ballots, new BradleyTerryOptions { Cluster = cluster, MaxDegreeOfParallelism = 1 });

    private static (double Pairs, double Newcomer, double Ranks, double Width) Hold(Standings standings, double[] truth)
    {
        double unit = 400 / Math.Log(10);
        (int pairs, int newcomer) = (0, 0);
        for (int i = 0; i < Entries; i++)
        {
            for (int j = i + 1; j < Entries; j++)
            {
                PairComparison pair = standings.Pairs[i, j];
                double difference = unit * (truth[i] - truth[j]);
                bool held = pair.Low <= difference && difference <= pair.High;
                pairs += held ? 1 : 0;
                newcomer += held && j == Entries - 1 ? 1 : 0;
            }
        }

        bool ranks = standings.Competitors.All(c => truth.Count(t => t > truth[c.Index]) + 1 is var rank && c.RankLow <= rank && rank <= c.RankHigh);
        return (
            pairs / (Entries * (Entries - 1) / 2.0),
            newcomer / (Entries - 1.0),
            ranks ? 1 : 0,
            standings.Competitors.Average(c => c.RankHigh - c.RankLow + 1.0));
    }

    private static Ballots Simulate(ArenaDesign design, double[] strengths, Random random)
    {
        var builder = new BallotsBuilder(Entries, Votes);
        var tally = new PairwiseTally(Entries);
        var effects = new double[Clusters * Entries];
        if (design is ArenaDesign.VoterEffects or ArenaDesign.PromptEffects)
        {
            for (int k = 0; k < effects.Length; k++)
            {
                effects[k] = EffectDeviation * Normal(random);
            }
        }

        double[] standing = design == ArenaDesign.Matched ? strengths : new double[Entries];
        for (int vote = 0; vote < Votes; vote++)
        {
            (int first, int second) = Pair(design, vote, standing, random);
            int voter = random.Next(Clusters), prompt = random.Next(Clusters);
            int cluster = design == ArenaDesign.PromptEffects ? prompt : voter;
            PairOutcome outcome = Outcome(strengths, effects, cluster, first, second, random);
            builder.AddPair(first, second, outcome, new BallotDetails(1, voter, prompt));
            if (design == ArenaDesign.Adaptive)
            {
                tally.Add([first], [second], [outcome]);
                if (vote % 100 == 99)
                {
                    BradleyTerry.Continue(tally, standing, 3, new BradleyTerryOptions { PriorTies = 0.1 });
                }
            }
        }

        return builder.ToBallots();
    }

    private static PairOutcome Outcome(double[] strengths, double[] effects, int cluster, int first, int second, Random random)
    {
        double ahead = strengths[first] + effects[cluster * Entries + first] - strengths[second] - effects[cluster * Entries + second];
        return random.NextDouble() < 1 / (1 + Math.Exp(-ahead)) ? PairOutcome.FirstWins : PairOutcome.SecondWins;
    }

    private static (int First, int Second) Pair(ArenaDesign design, int vote, double[] standing, Random random)
    {
        if (design == ArenaDesign.Newcomer)
        {
            int other = random.Next(Entries - 1);
            return vote < NewcomerVotes ? (Entries - 1, other) : (other, (other + 1 + random.Next(Entries - 2)) % (Entries - 1));
        }

        int first = random.Next(Entries);
        if (design is ArenaDesign.Adaptive or ArenaDesign.Matched && vote >= 200 && random.NextDouble() < 0.9)
        {
            // one of the three that stand closest
            int[] near = [.. Enumerable.Range(0, Entries).Where(i => i != first).OrderBy(i => Math.Abs(standing[i] - standing[first])).Take(3)];
            return (first, near[random.Next(near.Length)]);
        }

        return (first, (first + 1 + random.Next(Entries - 1)) % Entries);
    }

    /// <summary>Strengths, or with effects the fit to expected wins, an effect's difference being normal.</summary>
    private static double[] Truth(ArenaDesign design, double[] strengths)
    {
        if (design is not (ArenaDesign.VoterEffects or ArenaDesign.PromptEffects))
        {
            return strengths;
        }

        var tally = new PairwiseTally(Entries);
        for (int i = 0; i < Entries; i++)
        {
            for (int j = i + 1; j < Entries; j++)
            {
                double expected = 0, total = 0;
                for (double z = -6; z <= 6; z += 0.05)
                {
                    double density = Math.Exp(-z * z / 2);
                    expected += density / (1 + Math.Exp(strengths[j] - strengths[i] - Math.Sqrt(2) * EffectDeviation * z));
                    total += density;
                }

                tally.Add([i, i], [j, j], [PairOutcome.FirstWins, PairOutcome.SecondWins], [expected / total, 1 - expected / total]);
            }
        }

        double[] ratings = new double[Entries];
        BradleyTerry.Continue(tally, ratings, 50);
        return Array.ConvertAll(ratings, r => r * Math.Log(10) / 400);
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Fixed across runs, unlike <see cref="System.HashCode"/>.</summary>
    private static int HashCode(int seed, int design, int arena) => unchecked(((seed * 397 ^ design) * 7919 ^ arena) * 31 + 17);
}
