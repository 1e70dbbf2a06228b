using Arena.Ranking.Resampling;

namespace Arena.Ranking.Benchmarks.Experiments;

/// <summary>Simulated scores of models: half of the samples numbers, half right or wrong.</summary>
internal sealed class SparseBoard
{
    private readonly float[] _scores;
    private readonly ScoreScale[] _scales;
    private readonly ulong _seed;
    private readonly ulong _board;

    private SparseBoard(double[] means, float[] scores, ScoreScale[] scales, ulong seed, ulong board) =>
        (Means, _scores, _scales, _seed, _board) = (means, scores, scales, seed, board);

    /// <summary>The models' true means.</summary>
    public double[] Means { get; }

    public static SparseBoard Draw(int models, int samples, double spread, ulong seed, ulong board)
    {
        var random = new Xoshiro256(seed, 2 * board);
        var (means, deviations) = (new double[models], new double[models]);
        for (int i = 0; i < models; i++)
        {
            (means[i], deviations[i]) = (random.NextDouble(), spread * random.NextDouble());
        }

        var scores = new float[models * samples];
        var scales = new ScoreScale[samples];
        var column = new double[models];
        for (int s = 0; s < samples; s++)
        {
            for (int i = 0; i < models; i++)
            {
                column[i] = means[i] + deviations[i] * random.NextNormal();
            }

            bool binary = random.NextBelow(2) == 0;
            scales[s] = binary ? ScoreScale.RightOrWrong : new ScoreScale(ScoreKind.Numeric);
            (double low, double high) = (column.Min(), column.Max());
            double threshold = low + (high - low) * random.NextDouble();
            for (int i = 0; i < models; i++)
            {
                scores[i * samples + s] = binary ? column[i] > threshold ? 1 : 0 : (float)column[i];
            }
        }

        return new SparseBoard(means, scores, scales, seed, board);
    }

    /// <summary>The same scores with a share of them deleted; what is deleted at a small share is deleted at a larger one.</summary>
    public ScoreMatrix WithMissing(double share)
    {
        var random = new Xoshiro256(_seed, 2 * _board + 1);
        var kept = (float[])_scores.Clone();
        for (int k = 0; k < kept.Length; k++)
        {
            kept[k] = random.NextDouble() < share ? float.NaN : kept[k];
        }

        return ScoreMatrix.Create(Means.Length, _scales.Length, kept, _scales);
    }

    /// <summary>Sequential Elo, K = 4, over every pair of every sample; samples and pairs in random order.</summary>
    public double[] Elo(ScoreMatrix scores)
    {
        var builder = new BallotsBuilder(scores.Competitors);
        var random = new Xoshiro256(_seed + 1, _board);
        int[] samples = [.. Enumerable.Range(0, scores.Samples)];
        Shuffle(samples, ref random);
        foreach (int s in samples)
        {
            int[] measured = [.. Enumerable.Range(0, scores.Competitors).Where(i => !float.IsNaN(scores.Row(i)[s]))];
            int[] pairs = [.. Enumerable.Range(0, measured.Length * measured.Length)];
            Shuffle(pairs, ref random);
            foreach (int pair in pairs)
            {
                (int a, int b) = (measured[pair / measured.Length], measured[pair % measured.Length]);
                if (a < b)
                {
                    builder.AddPair(a, b, scores.Row(a)[s].CompareTo(scores.Row(b)[s]) switch { > 0 => PairOutcome.FirstWins, < 0 => PairOutcome.SecondWins, _ => PairOutcome.Tie });
                }
            }
        }

        return [.. Ranking.Elo.Fit(builder.ToBallots(), new EloOptions { Intervals = false }).Competitors.Select(c => c.Rating)];
    }

    private static void Shuffle(int[] items, ref Xoshiro256 random)
    {
        for (int k = items.Length - 1; k > 0; k--)
        {
            int other = random.NextBelow(k + 1);
            (items[k], items[other]) = (items[other], items[k]);
        }
    }
}
