using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>openskill in JavaScript and Python, K-Sort Arena's equations, trueskill.</summary>
internal static class OnlineGolden
{
    private static readonly (string Js, string Python, WengLinModel Model)[] Models =
    [
        ("plackettLuce", "PlackettLuce", WengLinModel.PlackettLuce),
        ("bradleyTerryFull", "BradleyTerryFull", WengLinModel.BradleyTerryFull),
        ("thurstoneMostellerFull", "ThurstoneMostellerFull", WengLinModel.ThurstoneMostellerFull),
    ];

    [GoldenFile("openskill_js.json")]
    private static void CheckJavaScript(GoldenFile file)
    {
        double tolerance = file.Tolerance("abs");
        GoldenNode given = file.Params;
        var options = new WengLinOptions
        {
            Mu = given["mu"].Number(),
            Sigma = given["sigma"].Number(),
            Beta = given["beta"].Number(),
            Tau = given["tau"].Number(),
            Kappa = given["kappa"].Number(),
            Epsilon = given["epsilon"].Number(),
        };
        Assert.Equal("sqrt(sigma^2)/c", given["gamma"].Text());
        foreach (GoldenNode one in file.Root["cases"].Items)
        {
            Skill[][] teams = Teams(one["input"]["teams"]);
            double[] ranks = one["input"]["rank"].Numbers();
            foreach ((string name, _, WengLinModel model) in Models)
            {
                NearTeams(one["output"][name], Rate(teams, ranks, options with { Model = model }), tolerance);
                NearTeams(one["output_tau0"][name], Rate(teams, ranks, options with { Model = model, Tau = 0 }), tolerance);
            }

            one["predictWin"].Near(WengLin.PredictWin(teams, options), tolerance);
            one["predictDraw"].Near(WengLin.PredictDraw(teams, options), tolerance);
            Assert.Equal(teams.Length, one["ordinal"].Element.GetArrayLength());
            foreach ((GoldenNode team, Skill[] members) in one["ordinal"].Items.Zip(teams))
            {
                team.Near([.. members.Select(m => m.Ordinal(given["z"].Number()))], tolerance);
            }
        }
    }

    [GoldenFile("openskill_py.json")]
    private static void CheckPython(GoldenFile file)
    {
        GoldenNode given = file.Params;
        var options = new WengLinOptions
        {
            Mu = given["mu"].Number(),
            Sigma = given["sigma"].Number(),
            Beta = given["beta"].Number(),
            Tau = given["tau"].Number(),
            Kappa = given["kappa"].Number(),
        };
        foreach (GoldenNode one in file.Root["cases"].Items)
        {
            foreach ((_, string name, WengLinModel model) in Models)
            {
                Skill[][] teams = Singles(one["input"]["ratings"]);
                NearSingles(one["output"][name], Rate(teams, one["input"]["ranks"].Numbers(), options with { Model = model }), file.Tolerance("abs"));
            }
        }
    }

    [GoldenFile("ksort_update_via_openskill_tmfull.json")]
    private static void CheckKSort(GoldenFile file)
    {
        double tolerance = file.Tolerance("abs");
        foreach (GoldenNode one in file.Root["cases"].Items)
        {
            var options = new KSortOptions { Beta = one["input"]["beta"].Number() };
            Skill[][] after = Rate(Singles(one["input"]["ratings"]), one["input"]["rank"].Numbers(), options);
            NearSingles(one["output"], after, tolerance);
            one["conservative_eta3"].Near([.. after.Select(t => t[0].Ordinal(3))], tolerance);
        }
    }

    [GoldenFile("trueskill.json")]
    private static void CheckTrueSkill(GoldenFile file)
    {
        (double mu, double sigma, double pair) = (file.Tolerance("mu_abs"), file.Tolerance("sigma_abs"), file.Tolerance("two_player"));
        foreach (GoldenNode one in file.Root["cases"].Items)
        {
            GoldenNode given = one["params"];
            var options = new TrueSkillOptions
            {
                Mu = given["mu"].Number(),
                Sigma = given["sigma"].Number(),
                Beta = given["beta"].Number(),
                Tau = given["tau"].Number(),
                DrawProbability = given["draw_probability"].Number(),
                PythonCompatible = true,
            };
            bool inTeams = one["input"].Has("teams");
            Skill[][] teams = inTeams ? Teams(one["input"]["teams"]) : Singles(one["input"]["ratings"]);
            Skill[][] after = Rate(teams, one["input"]["ranks"].Numbers(), options);
            double tolerance = teams.Length == 2 ? pair : Math.Min(mu, sigma);
            if (inTeams)
            {
                NearTeams(one["output"]["teams"], after, tolerance);
            }
            else
            {
                NearSingles(one["output"]["ratings"], after, tolerance);
            }

            one["output"]["quality_before"].Near(TrueSkill.Quality(teams, options), pair);
        }

        GoldenNode sequence = file.Root["sequence_kwise4"];
        double[][] expected = sequence["output"].Rows();
        var ratings = new OnlineRatings(expected.Length, new TrueSkillOptions());
        foreach (GoldenNode game in sequence["input"].Items)
        {
            ratings.Update(game["items"].Wholes(), game["ranks"].Wholes());
        }

        for (int i = 0; i < expected.Length; i++)
        {
            sequence["output"].Items[i].Near([ratings[i].Mu, ratings[i].Sigma, ratings[i].Ordinal()], Math.Max(mu, sigma));
        }
    }

    private static Skill[][] Rate(Skill[][] teams, double[] ranks, OnlineOptions options)
    {
        var ratings = new OnlineRatings(teams.Sum(t => t.Length), options);
        int next = 0;
        foreach (Skill member in teams.SelectMany(t => t))
        {
            ratings[next++] = member;
        }

        // ranks may be any numbers: only their order counts
        double[] sorted = [.. ranks.Distinct().Order()];
        ratings.UpdateTeams(
            [.. Enumerable.Range(0, next)],
            [.. teams.Select(t => t.Length)],
            [.. ranks.Select(r => Array.IndexOf(sorted, r))]);
        next = 0;
        return [.. teams.Select(t => t.Select(_ => ratings[next++]).ToArray())];
    }

    private static Skill[][] Teams(GoldenNode teams) => [.. teams.Items.Select(team => team.Rows().Select(Of).ToArray())];

    private static Skill[][] Singles(GoldenNode ratings) => [.. ratings.Rows().Select(row => new[] { Of(row) })];

    private static Skill Of(double[] row) => new(row[0], row[1]);

    private static void NearTeams(GoldenNode expected, Skill[][] actual, double tolerance)
    {
        Assert.Equal(expected.Element.GetArrayLength(), actual.Length);
        foreach ((GoldenNode team, Skill[] members) in expected.Items.Zip(actual))
        {
            Assert.Equal(team.Items.Count, members.Length);
            foreach ((GoldenNode member, Skill skill) in team.Items.Zip(members))
            {
                member.Near([skill.Mu, skill.Sigma], tolerance);
            }
        }
    }

    private static void NearSingles(GoldenNode expected, Skill[][] actual, double tolerance)
    {
        Assert.Equal(expected.Element.GetArrayLength(), actual.Length);
        foreach ((GoldenNode member, Skill[] skill) in expected.Items.Zip(actual))
        {
            member.Near([skill[0].Mu, skill[0].Sigma], tolerance);
        }
    }
}
