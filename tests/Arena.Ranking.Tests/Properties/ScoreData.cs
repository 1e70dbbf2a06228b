using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Properties;

/// <summary>Right-or-wrong scores on samples, each sample of one of two metrics.</summary>
internal sealed record ScoreData(float[][] Rows, int[] Metrics, ScoreDirection Direction = ScoreDirection.HigherIsBetter) : IEvidence
{
    public static ScoreData Complete(ulong seed) => Random(seed, 0);

    public static ScoreData Sparse(ulong seed) => Random(seed, 0.3);

    public int Competitors => Rows.Length;

    public ScoreMatrix Scores => Boards.Of(Rows, Scale);

    public ScoreMatrix[] ByMetric => [.. Enumerable.Range(0, 2).Select(m => Boards.Of(Boards.Take(Rows, [.. Enumerable.Range(0, Metrics.Length).Where(s => Metrics[s] == m)]), Scale))];

    public IEvidence Renamed(int[] to)
    {
        var rows = new float[Rows.Length][];
        for (int i = 0; i < to.Length; i++)
        {
            rows[to[i]] = Rows[i];
        }

        return this with { Rows = rows };
    }

    public IEvidence Shuffled(ulong seed)
    {
        int[] order = new Xoshiro256(seed, 36).Permutation(Metrics.Length);
        return this with { Rows = Boards.Take(Rows, order), Metrics = Array.ConvertAll(order, s => Metrics[s]) };
    }

    public IEvidence Reversed() => this with { Direction = ScoreDirection.LowerIsBetter };

    public IEvidence Twice() => this with { Rows = [.. Rows.Select(r => r.Concat(r).ToArray())], Metrics = [.. Metrics, .. Metrics] };

    /// <summary>A wrong turned right.</summary>
    public IEvidence WithWin(int winner, int loser, double place)
    {
        float[][] rows = [.. Rows.Select(r => r.ToArray())];
        rows[winner][Array.IndexOf(rows[winner], 0f)] = 1;
        return this with { Rows = rows };
    }

    public IEvidence WithClone(ulong seed) => this with { Rows = [.. Rows, Rows[0]] };

    private ScoreScale Scale => new(ScoreKind.Binary, Direction);

    private static ScoreData Random(ulong seed, double missing)
    {
        int size = (int)(seed % 23);
        float[][] rows = Boards.Random(seed, 3 + size % 4, 24 + 2 * size, missing);
        for (int i = 0; i < rows.Length; i++)
        {
            // each was right alone once and wrong alone once, so that every board has a fit
            for (int j = 0; j < rows.Length; j++)
            {
                (rows[i][j], rows[i][rows.Length + j]) = i == j ? (1, 0) : (0, 1);
            }
        }

        return new ScoreData(rows, [.. rows[0].Select((_, s) => s % 2)]);
    }
}
