using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>ResponseGraphUCB against open_spiel: the peer's games are told in the peer's order, as its random numbers are not ours.</summary>
public static class ResponseGraphUcbGolden
{
    [GoldenFile("response_graph_ucb.json")]
    public static void Check(GoldenFile file)
    {
        double tolerance = file.Tolerance("bounds_abs");
        Assert.Equal("exact", file.Root["tolerance"]["edges"].Text());
        foreach (GoldenNode run in file.Root["runs"].Items)
        {
            PayoffTables means = AlphaRankGolden.Tables(run["input"]["means"].Element);
            var ucb = new ResponseGraphUcb(means.Strategies, Options(run["params"]));
            GoldenNode output = run["output"];
            CheckLog(Replay(ucb, means, run["input"]["trace_profile_outcome"].Element), Log(output["resolved_log"], means));
            Assert.Equal(output["interactions"].Whole(), ucb.Interactions);
            CheckEdges(ucb, means, output);
            CheckNumbers(ucb, output, tolerance);
            int[] order = [.. output["profile_order"].Element.EnumerateArray().Select(p => Cell(p, means))];
            Assert.Equal(Enumerable.Range(0, ucb.Profiles), order);
        }
    }

    private static ResponseGraphUcbOptions Options(GoldenNode parameters)
    {
        string method = parameters["confidence_method"].Text();
        return new ResponseGraphUcbOptions
        {
            Sampling = parameters["exploration_strategy"].Text() switch
            {
                "uniform-exhaustive" => ProfileSampling.UniformExhaustive,
                "uniform" => ProfileSampling.Uniform,
                "valence-weighted" => ProfileSampling.ValenceWeighted,
                "count-weighted" => ProfileSampling.CountWeighted,
                string other => throw new NotSupportedException(other),
            },
            Bound = method.StartsWith("clopper-pearson", StringComparison.Ordinal) ? PayoffBound.ClopperPearson : PayoffBound.Hoeffding,
            Delta = parameters["delta"].Number(),
            Relaxation = method.EndsWith("-relaxed", StringComparison.Ordinal) ? parameters["ucb_eps"].Number() : 0,
            DeltaPerPayoff = parameters["per_payoff_confidence"].Flag(),
            OpenSpielCompatible = true,
            TimeDependentDelta = parameters["time_dependent_delta"].Flag(),
        };
    }

    /// <summary>Tells all games; where the peer's next one is not left to chance, checks that it is ours as well.</summary>
    private static List<(int After, HashSet<(int, int)> Edges)> Replay(ResponseGraphUcb ucb, PayoffTables means, JsonElement trace)
    {
        var log = new List<(int, HashSet<(int, int)>)>();
        foreach (JsonElement game in trace.EnumerateArray())
        {
            int profile = Cell(game[0], means);
            if (ucb.Interactions < ucb.Profiles)
            {
                Assert.Equal(profile, ucb.Next());
            }

            IReadOnlyList<ResponseEdge> resolved = ucb.Record(profile, [.. game[1].EnumerateArray().Select(o => o.GetDouble())]);
            if (resolved.Count > 0)
            {
                log.Add((ucb.Interactions, [.. resolved.Select(Undirected)]));
            }
        }

        return log;
    }

    private static void CheckLog(List<(int After, HashSet<(int, int)> Edges)> actual, List<(int After, HashSet<(int, int)> Edges)> expected)
    {
        Assert.Equal(expected.Select(e => e.After), actual.Select(e => e.After));
        foreach ((var theirs, var ours) in expected.Zip(actual))
        {
            Assert.Equal(theirs.Edges, ours.Edges);
        }
    }

    private static void CheckEdges(ResponseGraphUcb ucb, PayoffTables means, GoldenNode output)
    {
        IReadOnlyList<ResponseEdge> graph = ucb.Graph();
        // the peer adds every edge once more by the final means, which shows where those contradict what was resolved
        HashSet<(int, int)> directed =
        [
            .. graph.Select(e => (e.Worse, e.Better)),
            .. graph.Select(Undirected).Zip(graph, (ends, e) => ucb.Mean(e.Player, ends.First) > ucb.Mean(e.Player, ends.Second) ? (ends.Second, ends.First) : ends),
        ];
        Assert.Equal(Pairs(output["directed_edges_worse_to_better"].Element, means), directed);
        Assert.Equal(Pairs(output["unresolved_edges"].Element, means), [.. graph.Where(e => e.ResolvedAfter is null).Select(Undirected)]);
        Assert.Equal(output["unresolved_edges"].Items.Count, ucb.Unresolved);
    }

    private static void CheckNumbers(ResponseGraphUcb ucb, GoldenNode output, double tolerance)
    {
        for (int k = 0; k < ucb.Players; k++)
        {
            Near(AlphaRankGolden.Flat(output["final_mu"].Element[k]), s => ucb.Mean(k, s));
            Near(AlphaRankGolden.Flat(output["final_count"].Element[k]), s => ucb.Count(s));
            Near(AlphaRankGolden.Flat(output["final_ucb"].Element[k]), s => ucb.Bounds(k, s).Upper);
            Near(AlphaRankGolden.Flat(output["final_lcb"].Element[k]), s => ucb.Bounds(k, s).Lower);
        }

        void Near(IEnumerable<double> expected, Func<int, double> actual)
        {
            double[] numbers = [.. expected];
            Assert.Equal(ucb.Profiles, numbers.Length);
            Assert.All(numbers, (number, s) => Assert.Equal(number, actual(s), tolerance));
        }
    }

    private static List<(int After, HashSet<(int, int)> Edges)> Log(GoldenNode log, PayoffTables means) =>
        [.. log.Element.EnumerateArray().Select(entry => (entry.GetProperty("after_interactions").GetInt32(), Pairs(entry.GetProperty("resolved"), means)))];

    private static HashSet<(int, int)> Pairs(JsonElement edges, PayoffTables means) =>
        [.. edges.EnumerateArray().Select(e => (Cell(e[0], means), Cell(e[1], means)))];

    private static (int First, int Second) Undirected(ResponseEdge edge) => (Math.Min(edge.Worse, edge.Better), Math.Max(edge.Worse, edge.Better));

    private static int Cell(JsonElement profile, PayoffTables means) => means.CellOf([.. profile.EnumerateArray().Select(s => s.GetInt32())]);
}
