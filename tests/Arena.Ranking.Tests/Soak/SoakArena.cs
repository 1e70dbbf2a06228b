using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Soak;

/// <summary>A small arena, as odd as its seed makes it: ballots, scores and payoffs that a method may rank or diagnose.</summary>
internal sealed class SoakArena
{
    private static readonly int[] Sizes = [1, 2, 2, 3, 4, 5, 7, 12, 20];
    private static readonly int[] Counts = [0, 1, 2, 3, 6, 12, 40, 120, 300];
    private static readonly double[] Spreads = [0, 0.5, 1, 3, 30];

    public SoakArena(ulong seed)
    {
        Seed = seed;
        var random = new Xoshiro256(seed, 0x50AC);
        int n = Sizes[random.NextBelow(Sizes.Length)];
        double spread = Spreads[random.NextBelow(Spreads.Length)];
        double[] theta = new double[n];
        for (int i = 0; i < n; i++)
        {
            theta[i] = spread * random.NextNormal();
        }

        Pairs = Cast(n, theta, Counts[random.NextBelow(Counts.Length)], pairsOnly: true, ref random);
        Ballots = Cast(n, theta, Counts[random.NextBelow(Counts.Length)], pairsOnly: false, ref random);
        Scores = Measure(n, theta, mixed: false, ref random);
        Mixed = Measure(n, theta, mixed: true, ref random);
        Symmetric = Play(ref random, symmetric: true);
        General = Play(ref random, symmetric: false);
        Times = new double[Pairs.Count];
        for (int b = 1; b < Times.Length; b++)
        {
            Times[b] = Times[b - 1] + (random.NextBelow(4) == 0 ? 30 * random.NextDouble() : 0);
        }
    }

    public ulong Seed { get; }

    /// <summary>Pairwise votes.</summary>
    public Ballots Pairs { get; }

    /// <summary>A time for each of the pairs, never falling.</summary>
    public double[] Times { get; }

    /// <summary>Ballots of any kind.</summary>
    public Ballots Ballots { get; }

    public ScoreMatrix Scores { get; }

    /// <summary>Scores on unlike scales.</summary>
    public ScoreMatrix Mixed { get; }

    public PayoffTables Symmetric { get; }

    public PayoffTables General { get; }

    private static Ballots Cast(int n, double[] theta, int count, bool pairsOnly, ref Xoshiro256 random)
    {
        // what all ballots of this arena have in common
        int oddity = random.NextBelow(10), voters = random.NextBelow(4), weights = random.NextBelow(5);
        double ties = random.NextBelow(3) * 0.3;
        int shown = oddity == 0 ? Math.Max(1, n - 1) : n;
        var builder = new BallotsBuilder(n);
        for (int b = 0; b < count; b++)
        {
            int half = oddity == 1 ? shown / 2 : 0; // 0 where there is nobody to part
            (int from, int to) = half == 0 ? (0, shown) : b % 2 == 0 ? (0, half) : (half, shown);
            int[] slate = Slate(from, to, pairsOnly ? 2 : 1 + random.NextBelow(6), theta, ref random);
            if (oddity == 2)
            {
                Array.Sort(slate); // the same order every time: nobody is finite
            }
            else if (oddity == 3 && builder.Count > 0)
            {
                slate = builder.ToBallots()[0].Competitors.ToArray(); // one ballot, again and again
            }

            var details = new BallotDetails(
                Weight(weights, ref random),
                Voter: voters switch { 0 => -1, 1 => 0, 2 => b, _ => random.NextBelow(5) - 1 },
                Prompt: voters == 0 ? -1 : random.NextBelow(4) - 1);
            bool tie = oddity == 4 || random.NextDouble() < ties;
            if (slate.Length == 2 && (pairsOnly || random.NextBelow(2) == 0))
            {
                bool swap = random.NextBelow(2) == 0;
                builder.AddPair(slate[swap ? 1 : 0], slate[swap ? 0 : 1], tie ? (random.NextBelow(2) == 0 ? PairOutcome.Tie : PairOutcome.BothBad) : swap ? PairOutcome.SecondWins : PairOutcome.FirstWins, details);
            }
            else if (!pairsOnly)
            {
                AddSlate(builder, slate, tie, details, ref random);
            }

            if (builder.Count > 0 && random.NextBelow(3) == 0)
            {
                builder.ShownInOrder(builder.ToBallots()[builder.Count - 1].Competitors);
            }
        }

        return builder.ToBallots();
    }

    private static void AddSlate(BallotsBuilder builder, int[] slate, bool tie, BallotDetails details, ref Xoshiro256 random)
    {
        int cut = 1 + random.NextBelow(Math.Max(1, slate.Length - 1));
        switch (random.NextBelow(5))
        {
            case 0 when slate.Length > 1:
                builder.AddTopOne(slate[0], slate.AsSpan(1), details);
                break;
            case 1 when slate.Length > 2:
                builder.AddBestWorst(slate[0], slate.AsSpan(1..^1), slate[^1], details);
                break;
            case 2:
                builder.AddTiers([slate[..cut], slate[cut..]], details, TierKind.Unordered);
                break;
            default:
                if (tie)
                {
                    builder.AddTiers([slate[..cut], slate[cut..]], details);
                }
                else
                {
                    builder.AddRanking(slate, details);
                }

                break;
        }
    }

    /// <summary>Some of a range of competitors in an order drawn from Plackett–Luce.</summary>
    private static int[] Slate(int from, int to, int size, double[] theta, ref Xoshiro256 random)
    {
        int[] all = [.. Enumerable.Range(from, to - from)];
        double[] key = new double[all.Length], luck = new double[all.Length];
        for (int k = 0; k < all.Length; k++)
        {
            (key[k], luck[k]) = (random.NextDouble(), random.NextExponential());
        }

        Array.Sort(key, all);
        int[] slate = all[..Math.Min(size, all.Length)];
        Array.Sort(slate.Select((i, k) => Math.Log(luck[k]) - theta[i]).ToArray(), slate);
        return slate;
    }

    private static double Weight(int kind, ref Xoshiro256 random) => kind switch
    {
        0 => random.NextBelow(3),
        1 => 0,
        2 => Math.Clamp(Math.Exp(10 * random.NextNormal()), 1e-9, 1e9),
        3 => Math.Max(1e-9, random.NextDouble()),
        _ => 1,
    };

    private static ScoreMatrix Measure(int n, double[] theta, bool mixed, ref Xoshiro256 random)
    {
        int samples = 1 + Counts[random.NextBelow(6)];
        double missing = random.NextBelow(3) * 0.4;
        int kind = random.NextBelow(3);
        bool constant = random.NextBelow(5) == 0, unmeasured = random.NextBelow(6) == 0;
        var scores = new float[n * samples];
        var scales = new ScoreScale[samples];
        var weights = new double[samples];
        int weighing = random.NextBelow(5);
        for (int s = 0; s < samples; s++)
        {
            int own = mixed ? random.NextBelow(3) : kind;
            scales[s] = mixed || s == 0
                ? new ScoreScale((ScoreKind)own, own == 2 && random.NextBelow(2) == 0 ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter, own == 2 ? random.NextBelow(2) * 0.3 : 0)
                : scales[0];
            weights[s] = Weight(weighing, ref random);
            for (int i = 0; i < n; i++)
            {
                double score = constant ? 1 : theta[i] + random.NextNormal();
                scores[i * samples + s] = random.NextDouble() < missing || (unmeasured && i == n - 1)
                    ? float.NaN
                    : (float)(own == 0 ? (score > 0 ? 1 : 0) : own == 1 ? Math.Round(score) : score);
            }
        }

        return mixed ? ScoreMatrix.Create(n, samples, scores, scales, weights) : ScoreMatrix.Create(n, samples, scores, scales[0], weights);
    }

    private static PayoffTables Play(ref Xoshiro256 random, bool symmetric)
    {
        int[] strategies = symmetric ? [1 + random.NextBelow(5)] : [.. new int[2 + random.NextBelow(2)].Select(_ => 0)];
        for (int k = 0; k < strategies.Length && !symmetric; k++)
        {
            strategies[k] = 1 + random.NextBelow(3);
        }

        int cells = symmetric ? strategies[0] * strategies[0] : strategies.Aggregate(1, (a, b) => a * b), oddity = random.NextBelow(5);
        double scale = oddity switch { 0 => 0, 1 => 1e-9, 2 => 1e3, _ => 1 };
        var payoffs = new double[strategies.Length][];
        var counts = new int[strategies.Length][];
        var variances = new double[strategies.Length][];
        for (int k = 0; k < strategies.Length; k++)
        {
            (payoffs[k], counts[k], variances[k]) = (new double[cells], new int[cells], new double[cells]);
            for (int c = 0; c < cells; c++)
            {
                payoffs[k][c] = oddity == 3 ? random.NextBelow(2) : scale * random.NextDouble();
                counts[k][c] = 1 + random.NextBelow(30);
                variances[k][c] = random.NextBelow(3) * 0.1;
            }
        }

        bool counted = random.NextBelow(3) > 0;
        return symmetric
            ? PayoffTables.Symmetric(strategies[0], payoffs[0], counted ? counts[0] : [], counted ? variances[0] : [])
            : PayoffTables.General(strategies, payoffs, counted ? counts : null, counted ? variances : null);
    }
}
