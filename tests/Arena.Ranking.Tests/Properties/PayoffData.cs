using Arena.Ranking.Resampling;

namespace Arena.Ranking.Tests.Properties;

/// <summary>What strategies get against each other: one population (a square table), or two (a table each). The first population is ranked.</summary>
internal sealed record PayoffData(int Competitors, int Others, double[][] Payoffs) : IEvidence
{
    public static PayoffData OnePopulation(ulong seed) => Random(seed, 1);

    /// <summary>One population in which what one wins the other loses.</summary>
    public static PayoffData ZeroSum(ulong seed)
    {
        PayoffData any = Random(seed, 1);
        return any with { Payoffs = [Square(any.Competitors, (i, j) => any.Payoffs[0][i * any.Competitors + j] - any.Payoffs[0][j * any.Competitors + i])] };
    }

    public static PayoffData TwoPopulations(ulong seed) => Random(seed, 2);

    public PayoffTables Tables => Payoffs.Length == 1 ? PayoffTables.Symmetric(Competitors, Payoffs[0]) : PayoffTables.General([Competitors, Others], Payoffs);

    public IEvidence Renamed(int[] to) => Mapped(Competitors, Enumerable.Range(0, Competitors).OrderBy(i => to[i]).ToArray());

    public IEvidence? Shuffled(ulong seed) => null;

    public IEvidence? Reversed() => null;

    public IEvidence? Twice() => null;

    /// <summary>The winner gets more against one strategy; of a zero-sum game, that strategy gets as much less.</summary>
    public IEvidence WithWin(int winner, int loser, double place)
    {
        double[][] payoffs = [.. Payoffs.Select(p => p.ToArray())];
        bool zeroSum = Payoffs.Length == 1 && Enumerable.Range(0, Competitors).All(i => Payoffs[0][i * Competitors + i].Equals(0.0));
        payoffs[0][winner * Others + loser % Others] += 0.5;
        if (zeroSum)
        {
            payoffs[0][loser * Others + winner] -= 0.5;
        }

        return this with { Payoffs = payoffs };
    }

    public IEvidence WithClone(ulong seed) => Mapped(Competitors + 1, [.. Enumerable.Range(0, Competitors), 0]);

    /// <param name="n">Strategies.</param>
    /// <param name="from">Which one each is.</param>
    private PayoffData Mapped(int n, int[] from) => Payoffs.Length == 1
        ? new PayoffData(n, n, [Square(n, (i, j) => Payoffs[0][from[i] * Competitors + from[j]])])
        : new PayoffData(n, Others, [.. Payoffs.Select(p => from.SelectMany(i => p.AsSpan(i * Others, Others).ToArray()).ToArray())]);

    private static double[] Square(int n, Func<int, int, double> value) => [.. Enumerable.Range(0, n * n).Select(k => value(k / n, k % n))];

    private static PayoffData Random(ulong seed, int populations)
    {
        var random = new Xoshiro256(seed, 37);
        int n = 3 + random.NextBelow(3), others = populations == 1 ? n : 3;
        var payoffs = new double[populations][];
        for (int k = 0; k < populations; k++)
        {
            payoffs[k] = new double[n * others];
            for (int i = 0; i < payoffs[k].Length; i++)
            {
                payoffs[k][i] = 2 * random.NextDouble() - 1;
            }
        }

        return new PayoffData(n, others, payoffs);
    }
}
