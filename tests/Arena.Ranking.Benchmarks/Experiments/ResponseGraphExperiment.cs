using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>α-Rank under noise: how many games of a Bernoulli game it takes until the ranking is right, by what is played next and by the bound that stops.</summary>
internal sealed class ResponseGraphExperiment : IExperiment
{
    private const double Delta = 0.1;
    private const double LeastGap = 0.1;

    private static readonly (string Name, PayoffBound Bound, double Relaxation)[] Bounds =
    [
        ("Hoeffding", PayoffBound.Hoeffding, 0),
        ("Hoeffding, relaxed by 0.05", PayoffBound.Hoeffding, 0.05),
        ("Clopper–Pearson", PayoffBound.ClopperPearson, 0),
        ("Clopper–Pearson, relaxed by 0.05", PayoffBound.ClopperPearson, 0.05),
    ];

    private static readonly (string Name, ProfileSampling Sampling)[] Samplings =
    [
        ("uniform, edge by edge", ProfileSampling.UniformExhaustive),
        ("uniform", ProfileSampling.Uniform),
        ("valence squared", ProfileSampling.ValenceWeighted),
        ("least played", ProfileSampling.CountWeighted),
    ];

    public string Name => "response-graph";

    public string Title => "α-Rank under noise: which game to play next";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int games = report.Quick ? 4 : 60;
        int limit = report.Quick ? 5_000 : 50_000;
        int[] strategies = [3, 3];
        int[] checkpoints = report.Quick ? [50, 200, 1000] : [30, 50, 100, 200, 500, 1000, 2000, 5000];
        var rows = new List<string[]>();
        var series = new List<PlotSeries>();
        foreach ((string sampler, ProfileSampling sampling) in Samplings)
        {
            foreach ((string bound, PayoffBound kind, double relaxation) in Bounds)
            {
                var options = new ResponseGraphUcbOptions { Sampling = sampling, Bound = kind, Relaxation = relaxation, Delta = Delta, Seed = report.Seed };
                Outcome[] outcomes = new Outcome[games];
                Parallel.For(0, games, new ParallelOptions { CancellationToken = cancellationToken }, g => outcomes[g] = Play(strategies, (ulong)g, options, limit, kind == PayoffBound.ClopperPearson && relaxation == 0 ? checkpoints : []));
                rows.Add([sampler, bound, Median(outcomes, o => o.Right), Median(outcomes, o => o.Games), Share(outcomes, o => o.Resolved), Share(outcomes, o => o.EdgesRight), Share(outcomes, o => o.TopRight)]);
                if (kind == PayoffBound.ClopperPearson && relaxation == 0)
                {
                    series.Add(new PlotSeries(sampler, [.. checkpoints.Select((c, k) => ((double)c, outcomes.Average(o => o.MassOff[k])))]));
                }
            }

            report.Progress($"{sampler} done");
        }

        report.Text($"{games} games of two players with three strategies each; every payoff is 1 or 0 with a probability drawn uniformly, two that are compared at least {ExperimentReport.Number(LeastGap, "0.0")} apart; 18 edges. Profiles are played until all edges are resolved at δ = {ExperimentReport.Number(Delta, "0.0")} a payoff, or {limit:N0} games. *Right from* is the number of games after which the strategy on top of α-Rank at infinite α (ε = 0.01) is the true one for both players and stays so; nobody who plays knows it. *Games* is when the bounds allow to stop.");
        report.Table(["next game", "bound", "right from (median)", "games (median)", "stopped", "all edges right", "top right"], rows);
        report.Figure("mass", new SvgPlot(
            "How far the ranking is from the true one",
            "The distance between the stationary distribution from noisy payoffs and the true one falls with the number of games for every rule; it ends near nothing once all edges are resolved.",
            new PlotAxis("games", Logarithmic: true),
            new PlotAxis("half the sum of |π − true π|", From: 0))
        {
            Series = series,
        });
        return Task.CompletedTask;
    }

    private static Outcome Play(int[] strategies, ulong number, ResponseGraphUcbOptions options, int limit, int[] checkpoints)
    {
        var random = new Xoshiro256(options.Seed, 1000 + number);
        PayoffTables truth = Draw(strategies, ref random);
        AlphaRankResult right = Rank(truth);
        var ucb = new ResponseGraphUcb(strategies, options with { Seed = options.Seed + number });
        double[] payoffs = new double[strategies.Length];
        double[] massOff = new double[checkpoints.Length];
        (int since, int checkpoint, double off) = (0, 0, 1);
        bool top = false;
        while (ucb.Interactions < limit && !(ucb.Interactions >= ucb.Profiles && ucb.IsResolved))
        {
            int profile = ucb.Next();
            for (int k = 0; k < payoffs.Length; k++)
            {
                payoffs[k] = random.NextDouble() < truth.Payoffs(k)[profile] ? 1 : 0;
            }

            ucb.Record(profile, payoffs);
            // looked at often at first and ever more rarely: within 2 % of the number of games
            if (ucb.Interactions >= ucb.Profiles && IsLookedAt(ucb.Interactions))
            {
                AlphaRankResult now = Rank(ucb.ToTables());
                off = now.Mass.Zip(right.Mass, (a, b) => Math.Abs(a - b)).Sum() / 2;
                bool same = SameTop(now, right);
                since = same && !top ? ucb.Interactions : since;
                top = same;
            }

            for (; checkpoint < checkpoints.Length && ucb.Interactions >= checkpoints[checkpoint]; checkpoint++)
            {
                massOff[checkpoint] = off;
            }
        }

        AlphaRankResult last = Rank(ucb.ToTables());
        off = last.Mass.Zip(right.Mass, (a, b) => Math.Abs(a - b)).Sum() / 2;
        for (; checkpoint < checkpoints.Length; checkpoint++)
        {
            massOff[checkpoint] = off;
        }

        bool edges = ucb.Graph().All(e => truth.Payoffs(e.Player)[e.Better] > truth.Payoffs(e.Player)[e.Worse]);
        bool topRight = SameTop(last, right);
        return new Outcome(ucb.Interactions, topRight ? (top ? since : ucb.Interactions) : limit, ucb.IsResolved, edges, topRight, massOff);
    }

    private static bool IsLookedAt(int interactions) => interactions < 200 || interactions % (interactions / 50) == 0;

    private static AlphaRankResult Rank(PayoffTables tables) => AlphaRank.Fit(tables, new AlphaRankOptions { Alpha = double.PositiveInfinity, MostCycles = 0, MaxDegreeOfParallelism = 1 });

    private static bool SameTop(AlphaRankResult a, AlphaRankResult b) => a.Populations.Zip(b.Populations, (x, y) => x.Order[0] == y.Order[0]).All(same => same);

    /// <summary>Probabilities of winning; a game with two compared ones closer than the least gap is drawn anew.</summary>
    private static PayoffTables Draw(int[] strategies, ref Xoshiro256 random)
    {
        while (true)
        {
            double[][] means = new double[strategies.Length][];
            for (int k = 0; k < means.Length; k++)
            {
                means[k] = new double[strategies.Aggregate(1, (a, b) => a * b)];
                for (int i = 0; i < means[k].Length; i++)
                {
                    means[k][i] = random.NextDouble();
                }
            }

            PayoffTables tables = PayoffTables.General(strategies, means);
            if (new ResponseGraphUcb(strategies).Graph().All(e => Math.Abs(means[e.Player][e.Worse] - means[e.Player][e.Better]) >= LeastGap))
            {
                return tables;
            }
        }
    }

    private static string Median(Outcome[] outcomes, Func<Outcome, int> value) =>
        ExperimentReport.Number(outcomes.Select(value).Order().ElementAt(outcomes.Length / 2), "#,0");

    private static string Share(Outcome[] outcomes, Func<Outcome, bool> value) =>
        ExperimentReport.Number(100.0 * outcomes.Count(value) / outcomes.Length, "0") + " %";

    private sealed record Outcome(int Games, int Right, bool Resolved, bool EdgesRight, bool TopRight, double[] MassOff);
}
