using System.Reflection;

namespace Arena.Ranking.Tests;

/// <summary>Boards that tests rank.</summary>
internal static class Boards
{
    public static string RepositoryRoot { get; } = typeof(Boards).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key is "RepositoryRoot").Value!;

    /// <summary>Nine classifiers × 899 digits, right or wrong (Data/SOURCE.md).</summary>
    public static float[][] Digits { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot, "tests", "Arena.Ranking.Tests", "Data", "digits-scores.csv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(',')[1].Select(c => c == '1' ? 1f : 0f).ToArray()),
    ];

    public static ScoreMatrix Of(float[][] rows, ScoreScale? scale = null, double[]? weights = null) =>
        ScoreMatrix.Create(rows.Length, rows.Length == 0 ? 0 : rows[0].Length, [.. rows.SelectMany(r => r)], scale, weights);

    /// <summary>Rows written as text: 1 right, 0 wrong, - missing.</summary>
    public static float[][] Rows(params string[] rows) =>
        [.. rows.Select(row => row.Select(c => c == '-' ? float.NaN : c - '0').ToArray())];

    public static ScoreMatrix Binary(params string[] rows) => Of(Rows(rows));

    /// <summary>The same board with the samples given, in that order; repeats allowed.</summary>
    public static float[][] Take(float[][] rows, int[] samples) =>
        [.. rows.Select(row => Array.ConvertAll(samples, s => row[s]))];

    public static int[] Draw(int samples, ulong seed)
    {
        var random = new Sequence(seed);
        var drawn = new int[samples];
        for (int k = 0; k < samples; k++)
        {
            drawn[k] = random.Below(samples);
        }

        return drawn;
    }

    public static int[] Permutation(int count, ulong seed)
    {
        var random = new Sequence(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int k = count - 1; k > 0; k--)
        {
            int other = random.Below(k + 1);
            (order[k], order[other]) = (order[other], order[k]);
        }

        return order;
    }

    /// <summary>A right-or-wrong board: skills spread over competitors, difficulty over samples, some scores missing.</summary>
    public static float[][] Random(ulong seed, int competitors, int samples, double missing = 0)
    {
        var random = new Sequence(seed);
        double[] hard = [.. Enumerable.Range(0, samples).Select(_ => 2 * random.Share() - 1)];
        return
        [
            .. Enumerable.Range(0, competitors).Select(i => hard.Select(h =>
            {
                double p = 1 / (1 + Math.Exp(-(0.25 * i + 0.3 - 2 * h)));
                float score = random.Share() < p ? 1 : 0;
                return random.Share() < missing ? float.NaN : score;
            }).ToArray()),
        ];
    }

    /// <summary>A small generator whose numbers never change with the runtime (SplitMix64).</summary>
    internal sealed class Sequence(ulong seed)
    {
        private ulong _state = seed * 0x2545F4914F6CDD1D + 1;

        public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

        public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

        private ulong Next()
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
