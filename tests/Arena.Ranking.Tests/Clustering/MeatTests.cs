using Arena.Ranking.Clustering;
using Arena.Ranking.Numerics;
using Arena.Ranking.Resampling;
using Xunit;

namespace Arena.Ranking.Tests.Clustering;

public sealed class MeatTests
{
    private static readonly FitOptions Options = new BradleyTerryOptions();

    [Theory]
    [InlineData(6, 2000, 30)] // clusters that touch everything are multiplied together
    [InlineData(60, 2000, 700)] // clusters that touch little are multiplied out
    [InlineData(60, 3000, 40)] // both, and more than one part
    public void Of_OneWay_IsTheSumByHand(int parameters, int observations, int clusters)
    {
        SparseScores scores = Draw(parameters, observations, 1);
        int[] keys = Keys(observations, clusters, 2);

        var meat = Meat.Of(scores, ClusterIndex.Of(keys), null, Options);

        (double[] expected, int count) = ByHand(scores, o => keys[o] < 0 ? (-1, o) : (keys[o], -1));
        Assert.Equal(count, meat.Clusters);
        Same(expected, meat.Squares);
    }

    [Fact]
    public void Of_NoWay_TakesEachObservationWithItsCopies()
    {
        SparseScores scores = Draw(5, 200, 3);
        double[] copies = [.. Enumerable.Range(0, 200).Select(o => 1.0 + o % 3)];
        var repeated = new List<int>();
        for (int o = 0; o < 200; o++)
        {
            repeated.AddRange(Enumerable.Repeat(o, (int)copies[o]));
        }

        var meat = Meat.Of(scores with { Copies = copies }, null, null, Options);

        int[] starts = [0, .. Running(repeated.Select(o => Length(scores, o)))];
        var apart = new SparseScores(
            5, starts, repeated.SelectMany(o => scores.Items[Slots(scores, o)].ToArray()).ToArray(), [.. repeated.SelectMany(o => scores.Values[Slots(scores, o)])], new double[scores.Values.Length * 3]);
        (double[] expected, int count) = ByHand(apart, o => (o, o));
        Assert.Equal((399, 399), (count, meat.Clusters));
        Same(expected, meat.Squares);
    }

    [Fact]
    public void Of_TwoWays_IsTheSumOfBothLessTheIntersections()
    {
        // few enough voters and prompts that many observations share both
        SparseScores scores = Draw(4, 3000, 4);
        int[] voter = Keys(3000, 60, 5), prompt = Keys(3000, 40, 6);

        var meat = Meat.Of(scores, ClusterIndex.Of(voter), ClusterIndex.Of(prompt), Options);

        (double[] byVoter, int voters) = ByHand(scores, o => voter[o] < 0 ? (-1, o) : (voter[o], -1));
        (double[] byPrompt, int prompts) = ByHand(scores, o => prompt[o] < 0 ? (-1, o) : (prompt[o], -1));
        (double[] byBoth, _) = ByHand(scores, o => voter[o] < 0 || prompt[o] < 0 ? (-1, -1 - o) : (voter[o], prompt[o]));
        double[] expected = [.. byVoter.Select((v, k) => v + byPrompt[k] - byBoth[k])];
        Assert.False(PositiveSemiDefinite.Project([.. expected], 4, 1)); // what is compared is the sum itself
        Assert.Equal(Math.Min(voters, prompts), meat.Clusters);
        Same(expected, meat.Squares);
    }

    [Fact]
    public void Of_OneThreadOrMany_IsEqualBitByBit()
    {
        SparseScores scores = Draw(40, 20_000, 7);
        ClusterIndex voter = ClusterIndex.Of(Keys(20_000, 900, 8)), prompt = ClusterIndex.Of(Keys(20_000, 300, 9));
        double[] one = Meat.Of(scores, voter, prompt, new BradleyTerryOptions { MaxDegreeOfParallelism = 1 }).Squares;
        Assert.Equal(one, Meat.Of(scores, voter, prompt, new BradleyTerryOptions { MaxDegreeOfParallelism = 5 }).Squares);
    }

    [Fact]
    public void Project_NegativeEigenvalue_BecomesZero()
    {
        double[] matrix = [1, 2, 2, 1]; // 3 and −1
        Assert.True(PositiveSemiDefinite.Project(matrix, 2, 1));
        Same([1.5, 1.5, 1.5, 1.5], matrix);
        double[] singular = [1, -1, -1, 1];
        Assert.False(PositiveSemiDefinite.Project(singular, 2, 1));
        Assert.Equal([1.0, -1, -1, 1], singular);
        Assert.False(PositiveSemiDefinite.Project(new double[4], 2, 1));
    }

    /// <summary>Each cluster's vector summed, the mean taken off, squared.</summary>
    private static (double[] Squares, int Clusters) ByHand(SparseScores scores, Func<int, (int, int)> cluster)
    {
        int n = scores.Parameters;
        var sums = new Dictionary<(int, int), double[]>();
        for (int o = 0; o < scores.Count; o++)
        {
            if (!sums.TryGetValue(cluster(o), out double[]? sum))
            {
                sums[cluster(o)] = sum = new double[n];
            }

            for (int k = scores.Starts.Span[o]; k < scores.Starts.Span[o + 1]; k++)
            {
                sum[scores.Items.Span[k]] += scores.Values[k];
            }
        }

        double c = sums.Count;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => sums.Values.Sum(s => s[i]) / c)];
        var squares = new double[n * n];
        foreach (double[] sum in sums.Values)
        {
            for (int k = 0; k < squares.Length; k++)
            {
                squares[k] += (sum[k / n] - mean[k / n]) * (sum[k % n] - mean[k % n]);
            }
        }

        return (squares, sums.Count);
    }

    /// <summary>Two to four values an observation, some of one parameter; what an observation's cluster is worth varies.</summary>
    private static SparseScores Draw(int parameters, int observations, ulong seed)
    {
        var random = new Xoshiro256(seed, 0);
        int[] starts = [0, .. Running(Enumerable.Range(0, observations).Select(_ => 2 + random.NextBelow(3)))];
        var items = new int[starts[^1]];
        var values = new double[items.Length];
        for (int k = 0; k < items.Length; k++)
        {
            (items[k], values[k]) = (random.NextBelow(parameters), random.NextDouble() - 0.4);
        }

        return new SparseScores(parameters, starts, items, values, new double[values.Length]);
    }

    private static int[] Keys(int observations, int clusters, ulong seed)
    {
        var random = new Xoshiro256(seed, 1);
        return [.. Enumerable.Range(0, observations).Select(_ => random.NextBelow(clusters + 1) - 1)];
    }

    private static IEnumerable<int> Running(IEnumerable<int> lengths)
    {
        int sum = 0;
        foreach (int length in lengths)
        {
            yield return sum += length;
        }
    }

    private static Range Slots(SparseScores scores, int o) => scores.Starts.Span[o]..scores.Starts.Span[o + 1];

    private static int Length(SparseScores scores, int o) => scores.Starts.Span[o + 1] - scores.Starts.Span[o];

    private static void Same(double[] expected, double[] actual)
    {
        double size = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-11 * size));
    }
}
