using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>Elo-MMR's reference in Rust: its own system, its variants, and the systems it was compared with.</summary>
internal static class ContestGolden
{
    private static readonly Dictionary<string, ContestOptions> Systems = new(StringComparer.Ordinal)
    {
        ["mmr"] = new EloMmrOptions(),
        ["mmr-simple"] = new EloMmrOptions(),
        ["mmr-split-ties"] = new EloMmrOptions { SplitTies = true },
        ["mmr-drift"] = new EloMmrOptions { DriftPerDay = 50 },
        ["mmr-rho0"] = new EloMmrOptions { TransferSpeed = 0 },
        ["mmr-rhoinf"] = new EloMmrOptions { TransferSpeed = double.PositiveInfinity },
        ["mmr-fast"] = EloMmrOptions.Fast,
        ["mmx"] = new EloMmrOptions { Performance = EloMmrPerformance.Normal },
        ["bar"] = new BayesianApproximationOptions(),
        ["glicko"] = new GlickoOptions(),
        ["cfsys"] = new CodeforcesOptions(),
        ["tcsys"] = new TopCoderOptions(),
        ["trueskill"] = new TrueSkillSpbOptions(),
    };

    [GoldenFile("elommr_tiny.json", "elommr_duel.json", "elommr_kwise4.json", "elommr_contest30.json")]
    private static void Check(GoldenFile file)
    {
        double tolerance = file.Tolerance("mu_sig_abs");
        Contest[] contests = [.. file.Input["contests"].Items.Select(Read)];
        string[] names = [.. contests.SelectMany(c => c.Names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (string system in file.Input["systems"].Texts())
        {
            ContestOptions options = Systems[system] with { Mu = file.Input["mu_newbie"].Number(), Sigma = file.Input["sig_newbie"].Number() };
            var ratings = new ContestRatings(names.Length, options);
            GoldenNode expected = file.Output[system];
            GoldenNode steps = expected["after_each_contest_[mu,sig,perf_rounded]"];
            Assert.Equal(contests.Length, steps.Items.Count);
            foreach ((Contest contest, GoldenNode after) in contests.Zip(steps.Items))
            {
                int[] who = [.. contest.Names.Select(name => Array.IndexOf(names, name))];
                ratings.Update(who, contest.Places, contest.Details);
                foreach (string name in after.Names)
                {
                    int i = Array.IndexOf(names, name);
                    double[] row = after[name].Numbers();
                    Near(row[0], ratings[i].Mu, tolerance, $"{system}, {contest.Title}, μ of {name}");
                    Near(row[1], ratings[i].Sigma, tolerance, $"{system}, {contest.Title}, σ of {name}");
                    // the peer writes 0 where its system has no performance
                    double performance = double.IsNaN(ratings.Performance(i)) ? 0 : ratings.Performance(i);
                    Near(row[2], performance, 0.5 + tolerance, $"{system}, {contest.Title}, performance of {name}");
                }
            }

            foreach (string name in expected["final"].Names)
            {
                int i = Array.IndexOf(names, name);
                GoldenNode final = expected["final"][name];
                final["mu"].Near(ratings[i].Mu, tolerance);
                final["sig"].Near(ratings[i].Sigma, tolerance);
                Assert.Equal(final["display"].Whole(), EloMmr.Display(ratings[i]));
            }
        }
    }

    private static Contest Read(GoldenNode contest)
    {
        JsonElement[] standings = [.. contest["standings"].Element.EnumerateArray()];
        return new Contest(
            contest["name"].Text(),
            [.. standings.Select(s => s[0].GetString()!)],
            [.. standings.Select(s => s[1].GetInt32())],
            new ContestDetails(
                contest["rating_params"]["weight"].Number(),
                contest["time_seconds"].Number() / 86400,
                contest["rating_params"]["perf_ceiling"].Number()));
    }

    private static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: expected {expected:R}, but it is {actual:R}, further than {tolerance:R} away.");

    private sealed record Contest(string Title, string[] Names, int[] Places, ContestDetails Details);
}
