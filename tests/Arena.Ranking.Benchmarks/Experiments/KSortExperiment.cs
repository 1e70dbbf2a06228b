using Arena.Ranking.Benchmarks.Harness;
using Arena.Ranking.Benchmarks.Plots;
using Arena.Ranking.Selection;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>Experiment 1: how many comparisons each update and matchmaker needs until a hidden order is found (K-Sort Arena).</summary>
internal sealed class KSortExperiment : IExperiment
{
    private const int Competitors = 50;
    private const int Newcomer = 20;
    private const int Off = 20;

    /// <summary>A mean squared error of 1: places are off by one.</summary>
    private const double Found = 1;

    private static readonly (string Name, Func<ISlateRatings> Make)[] Updates =
    [
        ("Elo, K = 4", () => new EloSlateRatings(Competitors, 4)),
        ("Elo, K = 32", () => new EloSlateRatings(Competitors, 32)),
        ("Weng–Lin PL", () => new BayesianSlateRatings(Competitors, new WengLinOptions())),
        ("Weng–Lin PL, γ = 1", () => new BayesianSlateRatings(Competitors, new WengLinOptions { Gamma = WengLinGamma.One })),
        ("Weng–Lin BT-full", () => new BayesianSlateRatings(Competitors, new WengLinOptions { Model = WengLinModel.BradleyTerryFull })),
        ("Weng–Lin TM-full", () => new BayesianSlateRatings(Competitors, new WengLinOptions { Model = WengLinModel.ThurstoneMostellerFull })),
        ("K-Sort, floored", () => new BayesianSlateRatings(Competitors, new KSortOptions())),
        ("K-Sort, averaged", () => new BayesianSlateRatings(Competitors, new KSortOptions { Averaged = true })),
        ("TrueSkill", () => new BayesianSlateRatings(Competitors, new TrueSkillOptions())),
    ];

    private static readonly (string Name, Func<double, IMatchmaker> Make)[] Policies =
    [
        ("random", _ => new UniformMatchmaker()),
        ("skill", _ => new SkillCloseMatchmaker()),
        // the policy's default exploration is for ratings whose unit is 25/6
        ("UCB", unit => new UcbMatchmaker { Exploration = unit / (25.0 / 6) }),
    ];

    public string Name => "k-sort";

    public string Title => "Comparisons until a hidden order is found";

    public Task RunAsync(ExperimentReport report, CancellationToken cancellationToken)
    {
        int runs = report.Quick ? 2 : 10, most = report.Quick ? 1_500 : 15_000, curve = report.Quick ? 1_000 : 3_000;
        int[] sizes = [2, 4, 6];
        double[] noise = [0, 0.05];
        var outcomes = new Dictionary<(int Update, int Policy, int Size, double Noise), Outcome>();
        (int Update, int Policy, int Size, double Noise)[] all =
            [.. from s in sizes from f in noise from u in Enumerable.Range(0, Updates.Length) from p in Enumerable.Range(0, Policies.Length) select (u, p, s, f)];
        Parallel.ForEach(all, new ParallelOptions { CancellationToken = cancellationToken }, setting =>
        {
            Outcome outcome = Run(setting, runs, most, curve, report.Seed);
            lock (outcomes)
            {
                outcomes[setting] = outcome;
                if (outcomes.Count % Policies.Length == 0)
                {
                    report.Progress($"{outcomes.Count} of {all.Length} settings");
                }
            }
        });

        report.Text($"{Competitors} competitors in a hidden order, which every slate of K shows, but for the share of slates in which two places were swapped. A slate counts as one comparison. Below: comparisons until the mean squared error of places is {Found:0} or less, median of {runs} runs (how many of them got there, where not all did; – where none did within {most:N0}). The paper (Li et al. 2024) has 716 for its method against 11,692 for Elo; its stopping rule is not printed, so compare ratios. Found is the first time below the bound: an update that goes on jumping may leave it again.");
        foreach (double f in noise)
        {
            report.Heading($"{100 * f:0} % of slates flipped");
            report.Table(
                ["update", .. from s in sizes from p in Policies select $"K = {s}, {p.Name}"],
                Enumerable.Range(0, Updates.Length).Select(u => (string[])[Updates[u].Name, .. from s in sizes from p in Enumerable.Range(0, Policies.Length) select outcomes[(u, p, s, f)].Cell(runs)]));
        }

        Figure(report, outcomes, "random", 0, "K = 4, random slates, 5 % flipped", "the Bayesian updates but one fall quickly, Elo in steps of 4 slowly, and K-Sort's floored update stays where its first slates put it.");
        Figure(report, outcomes, "ucb", 2, "K = 4, UCB slates, 5 % flipped", "all fall several times faster than with random slates, and those without damping fastest.");
        report.Heading($"A newcomer placed {Off} positions off");
        int warm = report.Quick ? 300 : 1_500;
        report.Text($"After {warm:N0} comparisons of the others (K = 4, 5 % flipped) one joins at the rating of somebody {Off} places away, as little known as anybody at the start. Comparisons until it first stands within one place of its own; median of {runs} runs.");
        report.Table(
            ["update", .. Policies.Select(p => p.Name)],
            Updates.Select(u => (string[])[u.Name, .. Policies.Select(p => Cell([.. Enumerable.Range(0, runs).Select(r => Join(u.Make(), p.Make, warm, most, report.Seed + (ulong)r))], runs))]));
        Conclude(report, (u, p, s, f) => outcomes[(u, p, s, f)].Cell(runs));
        return Task.CompletedTask;
    }

    /// <summary>What the tables are for; numbers in it come from this run.</summary>
    private static void Conclude(ExperimentReport report, Func<int, int, int, double, string> cell)
    {
        const int Elo = 0, BradleyTerry = 4, Floored = 6, TrueSkill = 8, Random = 0, Skill = 1, Ucb = 2;
        report.Heading("What follows");
        report.Text($"**Update: TrueSkill. Matchmaker: UCB.** With slates of four and 5 % flipped that takes {cell(TrueSkill, Ucb, 4, 0.05)} comparisons; Elo on random pairs takes {cell(Elo, Random, 2, 0.05)}, Elo on the same UCB slates {cell(Elo, Ucb, 4, 0.05)}: most of the gain comes from slates and matchmaking, the rest from the update. Skill-close slates are as good for finding the order ({cell(TrueSkill, Skill, 4, 0.05)}; on pairs {cell(TrueSkill, Skill, 2, 0.05)} against {cell(TrueSkill, Ucb, 2, 0.05)} with UCB), but leave a newcomer waiting for its turn. Weng–Lin Bradley–Terry-full ({cell(BradleyTerry, Ucb, 4, 0.05)}) comes near at a fraction of the time per update. K-Sort's own equations, read literally, freeze on slates of four and more (random slates: {cell(Floored, Random, 4, 0.05)}).");
    }

    private static Outcome Run((int Update, int Policy, int Size, double Noise) setting, int runs, int most, int curve, ulong seed)
    {
        var found = new double[runs];
        var errors = new double[curve / 50 + 1];
        for (int r = 0; r < runs; r++)
        {
            var simulation = new KSortSimulation(Updates[setting.Update].Make(), Policies[setting.Policy].Make, setting.Size, setting.Noise, seed + (ulong)r);
            found[r] = double.NaN;
            errors[0] += simulation.SquaredError() / runs;
            while (simulation.Comparisons < most && (simulation.Comparisons < curve || double.IsNaN(found[r])))
            {
                simulation.Step();
                if (simulation.Comparisons % 10 == 0)
                {
                    double error = simulation.SquaredError();
                    found[r] = double.IsNaN(found[r]) && error <= Found ? simulation.Comparisons : found[r];
                    if (simulation.Comparisons % 50 == 0 && simulation.Comparisons <= curve)
                    {
                        errors[simulation.Comparisons / 50] += error / runs;
                    }
                }
            }
        }

        return new Outcome(found, errors);
    }

    private static double Join(ISlateRatings ratings, Func<double, IMatchmaker> policy, int warm, int most, ulong seed)
    {
        var simulation = new KSortSimulation(ratings, policy, 4, 0.05, seed, Newcomer);
        while (simulation.Comparisons < warm)
        {
            simulation.Step();
        }

        simulation.Join(Newcomer, Off);
        while (simulation.Comparisons < warm + most)
        {
            simulation.Step();
            if (Math.Abs(simulation.PlaceOf(Newcomer) - Newcomer) <= 1)
            {
                return simulation.Comparisons - warm;
            }
        }

        return double.NaN;
    }

    private static void Figure(ExperimentReport report, Dictionary<(int Update, int Policy, int Size, double Noise), Outcome> outcomes, string stem, int policy, string title, string seen) =>
        report.Figure(stem, new SvgPlot(
            $"Error of places: {title}",
            $"Mean squared error of places against comparisons, one line an update, {title}: {seen}",
            new PlotAxis("comparisons"),
            new PlotAxis("mean squared error of places", Logarithmic: true))
        {
            Series = [.. Enumerable.Range(0, Updates.Length).Select(u => new PlotSeries(
                Updates[u].Name,
                [.. outcomes[(u, policy, 4, 0.05)].Errors.Select((e, k) => (50.0 * k, e))],
                SeriesStyle.Line))],
        });

    private static string Cell(double[] found, int runs)
    {
        double[] there = [.. found.Where(double.IsFinite).Order()];
        return there.Length == 0 ? "–"
            : $"{ExperimentReport.Number(there[there.Length / 2], "#,0")}{(there.Length == runs ? "" : $" ({there.Length} of {runs})")}";
    }

    private sealed record Outcome(double[] Found, double[] Errors)
    {
        public string Cell(int runs) => KSortExperiment.Cell(Found, runs);
    }
}
