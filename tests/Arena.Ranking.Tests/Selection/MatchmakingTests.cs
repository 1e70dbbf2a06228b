using Arena.Ranking.Resampling;
using Arena.Ranking.Selection;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Arena.Ranking.Tests.Selection;

public sealed class MatchmakingTests
{
    private static readonly Dictionary<string, IMatchmaker> Policies = new(StringComparer.Ordinal)
    {
        ["uniform"] = new UniformMatchmaker(),
        ["under-sampled"] = new UnderSampledMatchmaker(),
        ["skill-close"] = new SkillCloseMatchmaker { Width = 0.8 },
        ["ucb"] = new UcbMatchmaker { Conservatism = 0 },
        ["information-gain"] = new InformationGainMatchmaker(),
        ["thompson"] = new ThompsonMatchmaker(),
        ["newcomer"] = new NewcomerMatchmaker(new SkillCloseMatchmaker()) { Share = 0.6 },
        ["fatigue"] = new FatigueMatchmaker(new ThompsonMatchmaker()) { Rest = 1 },
        ["epsilon"] = new EpsilonUniformMatchmaker(new UcbMatchmaker()) { Epsilon = 0.3 },
        ["all"] = new EpsilonUniformMatchmaker(new FatigueMatchmaker(new NewcomerMatchmaker(new ThompsonMatchmaker()))),
        ["twice"] = new EpsilonUniformMatchmaker(new EpsilonUniformMatchmaker(new UnderSampledMatchmaker()) { Epsilon = 0.5 }) { Epsilon = 0.5 },
    };

    public static TheoryData<string> Names => [.. Policies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_AnyState_GivesDistinctMembersAndRespectsExclusion(string name)
    {
        for (ulong seed = 0; seed < 150; seed++)
        {
            var random = new Boards.Sequence(seed + 1);
            int n = 4 + random.Below(8);
            int[] groups = [.. Enumerable.Range(0, n).Select(_ => random.Below(6) - 2)];
            MatchState state = State(seed, n, groups);
            int size = 2 + random.Below(Math.Min(3, state.MostOnASlate - 1));
            if (state.MostOnASlate < size)
            {
                continue;
            }

            var request = new MatchRequest(state, seed, 3) { Recent = [[0, 1], [2, 3]] };
            int[] slate = Policies[name].Draw(request, size);
            Assert.Equal(size, slate.Distinct().Count());
            Assert.All(slate, i => Assert.InRange(i, 0, n - 1));
            int[] grouped = [.. slate.Select(i => groups[i]).Where(g => g >= 0)];
            Assert.Equal(grouped.Length, grouped.Distinct().Count());
            Assert.Equal(slate, Policies[name].Draw(request, size));
            Assert.True(Policies[name].Probability(request, slate).Value > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probability_AllSlates_AddUpToOne(string name)
    {
        MatchState state = State(7, 7, [0, -1, 0, 1, 1, -1, -1]);
        var request = new MatchRequest(state, 1) { Recent = [[3, 5]] };
        double total = Slates(7, 3).Sum(s => Policies[name].Probability(request, s).Value);
        Assert.Equal(1, total, 8);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probability_ManyDraws_MatchesFrequency(string name)
    {
        MatchState state = State(11, 6, [0, 0, -1, -1, 1, 1]);
        var request = new MatchRequest(state, 5) { Recent = [[2, 4]] };
        var drawn = new Dictionary<int, int>();
        const int draws = 6000;
        int firstIsSmallest = 0;
        for (ulong d = 0; d < draws; d++)
        {
            int[] slate = Policies[name].Draw(request with { Draw = d }, 3);
            firstIsSmallest += slate[0] == slate.Min() ? 1 : 0;
            int key = slate.Sum(i => 1 << i);
            drawn[key] = drawn.GetValueOrDefault(key) + 1;
        }

        double chi = 0;
        int cells = 0, seen = 0;
        foreach (int[] slate in Slates(6, 3))
        {
            double expected = draws * Policies[name].Probability(request, slate).Value;
            int count = drawn.GetValueOrDefault(slate.Sum(i => 1 << i));
            seen += count;
            if (expected < 1e-9)
            {
                Assert.Equal(0, count);
            }
            else if (expected >= 3)
            {
                chi += (count - expected) * (count - expected) / expected;
                cells++;
            }
        }

        Assert.Equal(draws, seen);
        if (cells > 1)
        {
            Assert.True(ChiSquared.CDF(cells - 1, chi) < 0.9999, $"χ² = {chi} on {cells} slates");
        }

        Assert.InRange(firstIsSmallest / (double)draws, 1 / 3.0 - 0.03, 1 / 3.0 + 0.03);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probability_NamesPermuted_Stays(string name)
    {
        int[] groups = [0, -1, 0, 1, 1, -1, -1], order = Boards.Permutation(7, 5);
        MatchState plain = State(13, 7, groups);
        var permuted = new MatchState(
            order.Select(i => plain.Mean.Span[i]).ToArray(),
            order.Select(i => plain.Deviation.Span[i]).ToArray(),
            order.Select(i => plain.Comparisons.Span[i]).ToArray(),
            order.SelectMany(i => order.Select(j => plain.Together(i)[j])).ToArray(),
            [.. order.Select(i => groups[i])]);
        foreach (int[] slate in Slates(7, 3))
        {
            double there = Policies[name].Probability(new MatchRequest(permuted, 1), slate).Value;
            Assert.Equal(Policies[name].Probability(new MatchRequest(plain, 1), [.. slate.Select(i => order[i])]).Value, there, 9);
        }
    }

    [Fact]
    public void Of_BallotsAndStandings_CountsSlatesAndPairs()
    {
        var builder = new BallotsBuilder(3);
        builder.AddRanking(0, 1, 2);
        builder.AddPair(0, 1, PairOutcome.Tie);
        MatchState state = MatchState.Of(MeanScore.Fit(Boards.Binary("110", "100", "001")), builder.ToBallots());
        Assert.Equal([2, 2, 1], state.Comparisons.ToArray());
        Assert.Equal([[0, 2, 1], [2, 0, 1], [1, 1, 0]], Enumerable.Range(0, 3).Select(i => state.Together(i).ToArray()));
        Assert.Equal(400 / Math.Log(10), state.Unit, 9);
    }

    [Fact]
    public void Epsilon_EverySlate_HasItsFloor()
    {
        MatchState state = State(3, 8, [0, 0, 0, -1, -1, -1, -1, -1]);
        var request = new MatchRequest(state, 2);
        var policy = new EpsilonUniformMatchmaker(new InformationGainMatchmaker());
        int[][] allowed = [.. Slates(8, 3).Where(s => s.Count(i => i < 3) <= 1)];
        Assert.All(allowed, s => Assert.True(policy.Probability(request, s).Value >= 0.1 / allowed.Length - 1e-15));
        Assert.Equal(0, policy.Probability(request, [0, 1, 4]).Value);
    }

    [Fact]
    public void DrawLogged_ManyDraws_TakesTheUniformBranchAsOftenAsEpsilon()
    {
        MatchState state = State(3, 8);
        var policy = new EpsilonUniformMatchmaker(new UcbMatchmaker());
        LoggedSlate[] slates = [.. Enumerable.Range(0, 3000).Select(d => policy.DrawLogged(new MatchRequest(state, 2, (ulong)d), 2))];
        Assert.InRange(slates.Count(s => s.Branch == MatchBranch.Uniform) / 3000.0, 0.08, 0.12);
        Assert.All(slates, s => Assert.Equal(ProbabilityKind.Exact, s.Probability.Kind));
        Assert.All(slates, s => Assert.True(s.Probability.Value >= 0.1 / 28 - 1e-15));
        Assert.Equal("epsilon-uniform(epsilon=0.1;ucb(exploration=1,conservatism=3))", slates[0].PolicyVersion);
        Assert.Equal(0.1, slates[0].Epsilon);
    }

    [Fact]
    public void Probability_SlateOfTwelve_IsMonteCarloAroundTheTruth()
    {
        MatchState state = State(3, 14, unitSpread: 0.2);
        var request = new MatchRequest(state, 9);
        int[] slate = [.. Enumerable.Range(1, 12)];
        SlateProbability sampled = new SkillCloseMatchmaker { Width = 3 }.Probability(request, slate);
        Assert.Equal(ProbabilityKind.MonteCarlo, sampled.Kind);
        Assert.InRange(sampled.StandardError, 1e-12, 0.05 * sampled.Value);
        // the same policy, flat: every slate is as likely
        SlateProbability flat = new SkillCloseMatchmaker { Width = 1e6 }.Probability(request, slate);
        Assert.Equal(1 / 91.0, flat.Value, 8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Ucb_RunOn_ComparesEveryPairAndGoesOnDoingSo(int size)
    {
        const int n = 10;
        var comparisons = new int[n];
        var pairs = new int[n * n];
        double[] mean = [.. Enumerable.Range(0, n).Select(i => 20.0 + i)];
        var state = new MatchState(mean, Enumerable.Repeat(1.0, n).ToArray(), comparisons, pairs);
        var policy = new UcbMatchmaker { Exploration = 20 };
        int after = 0;
        for (ulong d = 0; d < 1500; d++)
        {
            MatchState.Count(policy.Draw(new MatchRequest(state, 1, d), size), comparisons, pairs);
            if (d == 100)
            {
                after = pairs.Where((_, at) => at / n != at % n).Min();
            }
        }

        Assert.True(after >= 1);
        Assert.True(pairs.Where((_, at) => at / n != at % n).Min() > after);
        // neighbours meet more often than the ends, and nobody is left behind
        Assert.True(pairs[1] > pairs[n - 1]);
        Assert.True(comparisons.Min() > 0.7 * comparisons.Average());
    }

    [Fact]
    public void Ucb_AllSeen_TakesTheFewestComparedAndItsNearest()
    {
        int[] pairs = [0, 2, 2, 2, 0, 2, 2, 2, 0];
        var state = new MatchState(new double[] { 20, 21, 29 }, new double[] { 1, 1, 1 }, new[] { 3, 4, 4 }, pairs);
        Assert.All(Enumerable.Range(0, 20), d => Assert.Equal([0, 1], new UcbMatchmaker().Draw(new MatchRequest(state, 1, (ulong)d), 2).Order()));
    }

    [Fact]
    public void InformationGain_OneUnknown_ComparesItWithItsEqual()
    {
        var state = new MatchState(new double[] { 0, 1, 2, 0.1 }, new double[] { 0.1, 0.1, 0.1, 2 }, new int[4]);
        Assert.Equal([0, 3], new InformationGainMatchmaker().Draw(new MatchRequest(state, 1), 2).Order());
    }

    [Fact]
    public void InformationGain_Covariance_SeesThatADifferenceIsKnown()
    {
        // 0 and 1 are uncertain together: their difference is known
        double[] covariance = [4, 3.99, 0, 3.99, 4, 0, 0, 0, 1];
        var state = new MatchState(new double[3], new double[] { 2, 2, 1 }, new int[3]) { Covariance = covariance };
        Assert.Contains(2, new InformationGainMatchmaker().Draw(new MatchRequest(state, 1), 2));
        Assert.True(InformationGainMatchmaker.Gain(state, [0, 2]) > InformationGainMatchmaker.Gain(state, [0, 1]));
        Assert.True(InformationGainMatchmaker.Gain(state, [0, 1, 2]) > InformationGainMatchmaker.Gain(state, [0, 2]));
    }

    [Fact]
    public void InformationGain_SlateOfThree_IsTheDeterminantByHand()
    {
        double[] mean = [0, 1, 3], covariance = [4, 1, -1, 1, 2, 0.5, -1, 0.5, 3];
        var state = new MatchState(mean, new double[] { 2, 1.5, 1.7 }, new int[3]) { Covariance = covariance, Unit = 2 };
        var sigma = Matrix<double>.Build.Dense(3, 3, covariance) / 4;
        var laplacian = Matrix<double>.Build.Dense(3, 3);
        foreach (int[] pair in Slates(3, 2))
        {
            var edge = Vector<double>.Build.Dense(3, i => i == pair[0] ? 1 : i == pair[1] ? -1 : 0);
            double spread = edge.DotProduct(sigma * edge) + 8 / Math.PI, gap = (mean[pair[0]] - mean[pair[1]]) / 2;
            double weight = 4 * (3 - 11 / 6.0) / 6 * Math.Exp(-gap * gap / 2 / spread) / Math.Sqrt(2 * Math.PI * spread);
            laplacian += weight * edge.OuterProduct(edge);
        }

        double expected = Math.Log((Matrix<double>.Build.DenseIdentity(3) + laplacian * sigma).Determinant()) / 2;
        Assert.Equal(expected, InformationGainMatchmaker.Gain(state, [2, 0, 1]), 12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InformationGain_AnyState_DrawsABestPair(bool covariance)
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            var random = new Xoshiro256(seed, 1);
            int n = 4 + random.NextBelow(9);
            double[] mean = new double[n], deviation = new double[n], common = new double[n];
            var groups = new int[n];
            for (int i = 0; i < n; i++)
            {
                mean[i] = 3 * random.NextNormal();
                deviation[i] = random.NextBelow(3) == 0 ? 0.5 : 0.2 + random.NextGamma(1);
                common[i] = 0.9 * deviation[i] * (random.NextBelow(2) == 0 ? 1 : -1);
                groups[i] = random.NextBelow(5) - 1;
            }

            var state = new MatchState(mean, deviation, new int[n], default, groups)
            {
                Covariance = covariance ? Enumerable.Range(0, n * n).Select(k => k / n == k % n ? deviation[k % n] * deviation[k % n] : common[k / n] * common[k % n]).ToArray() : default(ReadOnlyMemory<double>),
            };
            int[][] pairs = [.. Slates(n, 2).Where(p => !state.Excludes(p[0], p[1]))];
            double most = pairs.Max(p => InformationGainMatchmaker.Gain(state, p));
            int[][] likely = [.. pairs.Where(p => new InformationGainMatchmaker().Probability(new MatchRequest(state, seed), p).Value > 0)];
            Assert.NotEmpty(likely);
            Assert.All(likely, p => Assert.Equal(most, InformationGainMatchmaker.Gain(state, p), 1e-9 * most));
        }
    }

    [Fact]
    public void Thompson_NewcomersAmongTheWellKnown_ProbabilitiesAddUpAndMatchDraws()
    {
        // the newcomer's σ is 90 times the others', two of which may not share a slate
        double[] mean = [25, 30, 30.1, 29.9, 12, 25, 30.05], deviation = [25 / 3.0, 0.09, 0.1, 0.1, 0.1, 8, 0.2];
        var state = new MatchState(mean, deviation, new int[7], default, [-1, 0, 0, -1, -1, -1, -1]);
        var policy = new ThompsonMatchmaker();
        var request = new MatchRequest(state, 4);
        Dictionary<int, double> chance = Slates(7, 3).ToDictionary(s => s.Sum(i => 1 << i), s => policy.Probability(request, s).Value);
        Assert.Equal(1, chance.Values.Sum(), 8);
        var drawn = new Dictionary<int, int>();
        for (ulong d = 0; d < 4000; d++)
        {
            int key = policy.Draw(request with { Draw = d }, 3).Sum(i => 1 << i);
            drawn[key] = drawn.GetValueOrDefault(key) + 1;
        }

        Assert.All(chance, c => Assert.InRange(drawn.GetValueOrDefault(c.Key) / 4000.0, c.Value - 0.035, c.Value + 0.035));
    }

    [Fact]
    public void Fatigue_RecentSlates_RestAndComeBackWhenTooFewAreLeft()
    {
        var policy = new FatigueMatchmaker(new UniformMatchmaker()) { Rest = 2 };
        var request = new MatchRequest(State(1, 6), 4) { Recent = [[0, 1], [2, 3]] };
        Assert.All(Enumerable.Range(0, 50), d => Assert.Equal([4, 5], policy.Draw(request with { Draw = (ulong)d }, 2).Order()));
        // three are wanted: only the latest slate rests
        Assert.All(Enumerable.Range(0, 50), d => Assert.DoesNotContain(2, policy.Draw(request with { Draw = (ulong)d }, 3)));
        Assert.Contains(Enumerable.Range(0, 50), d => policy.Draw(request with { Draw = (ulong)d }, 3).Contains(0));
    }

    [Fact]
    public void Newcomer_FirstThenPlaced_MeetsAllThenNeighbours()
    {
        double[] mean = [.. Enumerable.Range(0, 20).Select(i => (double)i), 15];
        double[] deviation = [.. Enumerable.Repeat(0.2, 20), 12];
        int[] comparisons = [.. Enumerable.Repeat(500, 20), 2];
        var policy = new NewcomerMatchmaker(new UniformMatchmaker()) { Share = 1 };
        double wide = MeanDistance();
        deviation[20] = 0.5;
        Assert.True(MeanDistance() < wide / 2);

        double MeanDistance()
        {
            var state = new MatchState(mean, deviation, comparisons);
            int[][] slates = [.. Enumerable.Range(0, 300).Select(d => policy.Draw(new MatchRequest(state, 3, (ulong)d), 2))];
            Assert.All(slates, s => Assert.Contains(20, s));
            return slates.Average(s => Math.Abs(mean[s[0]] - mean[s[1]]));
        }
    }

    [Fact]
    public void Thompson_ClearLeader_IsOnNearlyEverySlate()
    {
        var state = new MatchState(new double[] { 0, 1, 2, 8 }, new double[] { 1, 1, 1, 1 }, new int[4]);
        double leader = new int[][] { [0, 3], [1, 3], [2, 3] }.Sum(s => new ThompsonMatchmaker().Probability(new MatchRequest(state, 0), s).Value);
        Assert.InRange(leader, 0.9999, 1 + 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_TooManyOrUnfitSlates_SaysSo(string name)
    {
        MatchState state = State(1, 5, [0, 0, 0, 1, 1]);
        Assert.Throws<ArgumentException>(() => Policies[name].Draw(new MatchRequest(state, 1), 3));
        Assert.Throws<ArgumentException>(() => Policies[name].Probability(new MatchRequest(state, 1), [0]));
        Assert.Throws<ArgumentException>(() => Policies[name].Probability(new MatchRequest(state, 1), [0, 0]));
        Assert.Throws<ArgumentException>(() => Policies[name].Probability(new MatchRequest(state, 1), [0, 9]));
        Assert.Equal(0, Policies[name].Probability(new MatchRequest(state, 1), [0, 1]).Value);
    }

    [Fact]
    public void State_UnfitColumns_SaysSo()
    {
        Assert.Throws<ArgumentException>(() => new MatchState(new double[2], new double[3], new int[2]));
        Assert.Throws<ArgumentException>(() => new MatchState(new double[] { 0, double.NaN }, new double[2], new int[2]));
        Assert.Throws<ArgumentException>(() => new MatchState(new double[2], new double[2], new int[2], new int[3]));
        Assert.Throws<ArgumentException>(() => new UcbMatchmaker().Draw(new MatchRequest(new MatchState(new double[2], new double[2], new int[2]), 1), 2));
        Assert.Throws<ArgumentException>(() => new ThompsonMatchmaker().Draw(new MatchRequest(new MatchState(new double[2], new double[2], new int[2]), 1), 2));
    }

    private static MatchState State(ulong seed, int n, int[]? groups = null, double unitSpread = 1)
    {
        var random = new Boards.Sequence(seed + 100);
        double[] mean = [.. Enumerable.Range(0, n).Select(_ => unitSpread * (4 * random.Share() - 2))];
        double[] deviation = [.. Enumerable.Range(0, n).Select(_ => 0.3 + random.Share())];
        var comparisons = new int[n];
        var pairs = new int[n * n];
        for (int k = 0; k < 8 * n; k++)
        {
            int a = random.Below(n), b = (a + 1 + random.Below(n - 1)) % n;
            MatchState.Count([a, b], comparisons, pairs);
        }

        return new MatchState(mean, deviation, comparisons, pairs, groups);
    }

    private static IEnumerable<int[]> Slates(int n, int size) =>
        Enumerable.Range(0, 1 << n)
            .Where(set => System.Numerics.BitOperations.PopCount((uint)set) == size)
            .Select(set => Enumerable.Range(0, n).Where(i => (set >> i & 1) != 0).ToArray());
}
