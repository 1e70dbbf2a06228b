using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Arena.Ranking.Games;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>α-Rank against open_spiel.</summary>
public static partial class AlphaRankGolden
{
    private const string PeerError = "peer_vs_gth_maxabs(our check of the peer eigen solver)";

    /// <summary>Where e^x overflows, and with it the peer's fixation probabilities, to 0.</summary>
    private const double Overflow = 709;

    [GoldenFile(
        "alpharank_battle_of_sexes_2pop.json",
        "alpharank_biased_rps_singlepop.json",
        "alpharank_han2013_commitment_singlepop.json",
        "alpharank_kuhn_like_2pop_4x4.json",
        "alpharank_prisoners_dilemma_2pop.json",
        "alpharank_prisoners_dilemma_singlepop.json",
        "alpharank_random_2pop_6x8.json",
        "alpharank_random_3player_general_sum_2x3x2.json",
        "alpharank_random_4player_general_sum_2x2x2x3.json",
        "alpharank_random_symmetric_singlepop_50.json",
        "alpharank_random_zero_sum_singlepop_50.json",
        "alpharank_rps_singlepop.json",
        "alpharank_mujoco_soccer_singlepop.json")]
    public static void Check(GoldenFile file)
    {
        PayoffTables tables = Tables(file.Input["payoff_tables"].Element);
        double relative = file.Tolerance("rhos_rel");
        foreach (GoldenNode item in file.Root["cases"].Items)
        {
            AlphaRankOptions options = Options(item["params"]);
            AlphaRankResult result = AlphaRank.Fit(tables, options);
            Assert.Equal(1, result.Mass.Sum(), 12);
            if (item.Has("error"))
            {
                CheckFailure(item["error"].Text(), tables, options, result);
                continue;
            }

            GoldenNode output = item["output"];
            Assert.Equal(output["rho_m"].Number(), result.NeutralFixation, 15);
            output["pi"].Near([.. result.Mass], Math.Max(1e-7, 10 * PeerErrorOf(output)));
            if (output.Has("rhos"))
            {
                CheckFixation(output["rhos"].Rows(), tables, options, result, relative);
            }
        }

        CheckSweeps(file, tables);
        CheckSuggestion(file, tables);
    }

    internal static PayoffTables Tables(JsonElement tensors)
    {
        double[][] payoffs = [.. tensors.EnumerateArray().Select(t => Flat(t).ToArray())];
        var strategies = new List<int>();
        for (JsonElement level = tensors[0]; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            strategies.Add(level.GetArrayLength());
        }

        return payoffs.Length == 1 ? PayoffTables.Symmetric(strategies[0], payoffs[0]) : PayoffTables.General(strategies, payoffs);
    }

    internal static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];

    private static AlphaRankOptions Options(GoldenNode parameters)
    {
        var options = new AlphaRankOptions { MostCycles = 3 };
        return options with
        {
            PopulationSize = parameters.Has("m") ? parameters["m"].Whole() : options.PopulationSize,
            Alpha = parameters.Has("use_inf_alpha") && parameters["use_inf_alpha"].Flag() ? double.PositiveInfinity : parameters.Has("alpha") ? parameters["alpha"].Number() : options.Alpha,
            Noise = parameters.Has("inf_alpha_eps") ? parameters["inf_alpha_eps"].Number() : options.Noise,
            LocalSelection = !parameters.Has("use_local_selection_model") || parameters["use_local_selection_model"].Flag(),
        };
    }

    /// <summary>How far the peer's own eigenvector was from elimination; "nan" where the check itself underflowed.</summary>
    private static double PeerErrorOf(GoldenNode output)
    {
        JsonElement error = output[PeerError].Element;
        return error.ValueKind == JsonValueKind.Number ? error.GetDouble() : 0;
    }

    private static void CheckFixation(double[][] expected, PayoffTables tables, AlphaRankOptions options, AlphaRankResult result, double relative)
    {
        // the peer does not compute any at infinite α and leaves zeros
        bool none = double.IsPositiveInfinity(options.Alpha);
        double gain = new ResponseSpace(tables).GainRange().Most;
        double underflow = Math.Exp(-Overflow * (options.PopulationSize - 1) / options.PopulationSize);
        for (int from = 0; from < expected.Length; from++)
        {
            for (int to = 0; to < expected.Length; to++)
            {
                double peer = expected[from][to], own = result.Fixation(from, to);
                bool overflown = peer == 0 && options.Alpha * gain * options.PopulationSize > Overflow && own <= underflow;
                Assert.True(
                    none ? peer == 0 : overflown || Math.Abs(own - peer) <= relative * Math.Abs(peer),
                    string.Create(CultureInfo.InvariantCulture, $"rhos[{from}][{to}] at α = {options.Alpha}, m = {options.PopulationSize}: expected {peer:R}, but it is {own:R}."));
            }
        }
    }

    /// <summary>Where the peer's eigenvalue solver finds several stationary distributions, there is one all the same; several eigenvalues merely are too close to 1.</summary>
    private static void CheckFailure(string error, PayoffTables tables, AlphaRankOptions options, AlphaRankResult result)
    {
        Match found = SeveralFound().Match(error);
        Assert.True(found.Success, $"Unknown failure of the peer: {error}");
        Assert.Equal(int.Parse(found.Groups["count"].Value, CultureInfo.InvariantCulture), SweepRun.EigenvaluesAtOne(new ResponseSpace(tables), options));
        Assert.All(result.Mass, share => Assert.InRange(share, 0, 1));
    }

    private static void CheckSweeps(GoldenFile file, PayoffTables tables)
    {
        var options = new AlphaRankSweepOptions { OpenSpielCompatible = true };
        if (file.Root.Has("sweep_pi_vs_alpha"))
        {
            GoldenNode node = file.Root["sweep_pi_vs_alpha"];
            options = options with
            {
                PopulationSize = node["m"].Whole(),
                StartAlpha = node["start_alpha"].Number(),
                AlphaFactor = node["mult"].Number(),
                RelativeTolerance = node["rtol"].Number(),
                AbsoluteTolerance = node["atol"].Number(),
            };
            AlphaRankSweep sweep = AlphaRank.SweepAlpha(tables, options);
            Assert.True(sweep.Converged);
            node["alpha"].Near(sweep.Value, 1e-9 * sweep.Value);
            node["pi"].Near([.. sweep.Mass], SweepTolerance(file.Name, "sweep_pi_vs_alpha"));
        }

        if (file.Root.Has("sweep_pi_vs_epsilon"))
        {
            GoldenNode node = file.Root["sweep_pi_vs_epsilon"];
            AlphaRankSweep sweep = AlphaRank.SweepNoise(tables, new AlphaRankSweepOptions { OpenSpielCompatible = true });
            Assert.True(sweep.Converged);
            node["epsilon"].Near(sweep.Value, 1e-9 * sweep.Value);
            node["pi"].Near([.. sweep.Mass], SweepTolerance(file.Name, "sweep_pi_vs_epsilon"));
        }
    }

    /// <summary>
    /// The file's max(1e-7, 10 × error of the peer). It does not state that error for sweeps: measured against elimination with 60 digits it is
    /// 8e-9 or less but for one, where two profiles hardly ever lead to each other (tests/golden/not-covered.md).
    /// </summary>
    private static double SweepTolerance(string file, string sweep) =>
        string.Equals(file, "alpharank_battle_of_sexes_2pop.json", StringComparison.Ordinal) && string.Equals(sweep, "sweep_pi_vs_alpha", StringComparison.Ordinal)
            ? 10 * 1.27e-6
            : 1e-7;

    private static void CheckSuggestion(GoldenFile file, PayoffTables tables)
    {
        if (file.Root.Has("suggest_alpha_tol0.1"))
        {
            double expected = file.Root["suggest_alpha_tol0.1"].Number();
            Assert.Equal(expected, AlphaRank.SuggestAlpha(tables), 1e-9 * expected);
        }

        if (file.Root.Has("suggest_alpha_error"))
        {
            // the peer looks for a second table in a single population; what it meant is the smallest gain of a mutant
            Assert.StartsWith("IndexError", file.Root["suggest_alpha_error"].Text(), StringComparison.Ordinal);
            Assert.True(tables.IsSymmetric);
            Assert.True(AlphaRank.TrySuggestAlpha(tables, 0.1, out double alpha, out _));
            Assert.Equal(-Math.Log(0.1) / new ResponseSpace(tables).GainRange().Least, alpha);
        }
    }

    [GeneratedRegex(@"^Expected 1 stationary distribution, but found (?<count>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeveralFound();
}
