using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Arena.Ranking.Pairwise;

/// <summary>Counts votes by pair and outcome as they pass: a dense table for up to 2,048 competitors, a hashed one above.</summary>
internal sealed class PairTable
{
    private const int MostDense = 2048;
    private const int Outcomes = 4;

    private readonly int _n;
    private readonly Dictionary<long, int>? _placeOf;
    private uint[] _count;
    private double[]? _weight;
    private double[]? _square;

    public PairTable(int competitors)
    {
        _n = competitors;
        _placeOf = competitors > MostDense ? [] : null;
        _count = _placeOf is null ? new uint[Outcomes * competitors * competitors] : [];
    }

    /// <summary>Votes of weight 1, already checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<PairOutcome> outcomes)
    {
        if (_placeOf is not null || _weight is not null)
        {
            for (int v = 0; v < first.Length; v++)
            {
                Add(first[v], second[v], (int)outcomes[v], 1);
            }

            return;
        }

        ref uint count = ref MemoryMarshal.GetArrayDataReference(_count);
        for (int v = 0; v < first.Length; v++)
        {
            int a = first[v], b = second[v], outcome = (int)outcomes[v];
            // turned so that the first index is the smaller one
            int turned = (b - a) >>> 31 & ~(outcome >> 1) & 1;
            int low = Math.Min(a, b), high = Math.Max(a, b);
            Unsafe.Add(ref count, (nint)((low * _n + high) * Outcomes + (outcome ^ turned)))++;
        }
    }

    /// <summary>One vote, already checked, of a weight above 0.</summary>
    public void Add(int first, int second, int outcome, double weight)
    {
        int turned = (second - first) >>> 31 & ~(outcome >> 1) & 1;
        int at = Place(Math.Min(first, second), Math.Max(first, second)) + (outcome ^ turned);
        if (_weight is null && !weight.Equals(1.0))
        {
            Weigh();
        }

        _count[at]++;
        if (_weight is not null)
        {
            _weight[at] += weight;
            _square![at] += weight * weight;
        }
    }

    /// <summary>Adds what another table counted.</summary>
    public void Merge(PairTable other)
    {
        if (other._weight is not null && _weight is null)
        {
            Weigh();
        }

        (int[] start, int[] second, int[] places) = other.Places();
        for (int i = 0; i < _n; i++)
        {
            for (int c = start[i]; c < start[i + 1]; c++)
            {
                int from = places[c], at = Place(i, second[c]);
                for (int outcome = 0; outcome < Outcomes; outcome++)
                {
                    _count[at + outcome] += other._count[from + outcome];
                    if (_weight is not null)
                    {
                        _weight[at + outcome] += other._weight?[from + outcome] ?? other._count[from + outcome];
                        _square![at + outcome] += other._square?[from + outcome] ?? other._count[from + outcome];
                    }
                }
            }
        }
    }

    /// <summary>The pairs that were compared.</summary>
    public PairCells ToCells()
    {
        (int[] start, int[] second, int[] places) = Places();
        int cells = places.Length;
        var (won, lost, tied) = (new double[cells], new double[cells], new double[cells]);
        var squares = _weight is null ? (won, lost, tied) : (new double[cells], new double[cells], new double[cells]);
        var (common, discordant) = (new int[cells], new int[cells]);
        for (int c = 0; c < cells; c++)
        {
            int at = places[c];
            discordant[c] = (int)(_count[at] + _count[at + 1]);
            common[c] = discordant[c] + (int)(_count[at + 2] + _count[at + 3]);
            (lost[c], won[c], tied[c]) = _weight is null
                ? (_count[at], _count[at + 1], _count[at + 2] + _count[at + 3])
                : (_weight[at], _weight[at + 1], _weight[at + 2] + _weight[at + 3]);
            if (_square is not null)
            {
                (squares.Item2[c], squares.Item1[c], squares.Item3[c]) = (_square[at], _square[at + 1], _square[at + 2] + _square[at + 3]);
            }
        }

        return new PairCells
        {
            Competitors = _n,
            Start = start,
            Second = second,
            Won = won,
            Lost = lost,
            Tied = tied,
            Squares = squares,
            Common = common,
            Discordant = discordant,
        };
    }

    /// <summary>From the first weight that is not 1 on, weights are summed beside the counts.</summary>
    private void Weigh() =>
        (_weight, _square) = (Array.ConvertAll(_count, c => (double)c), Array.ConvertAll(_count, c => (double)c));

    /// <summary>The pairs with a vote, row by row: where each row begins, the other competitor, and where the pair is counted.</summary>
    private (int[] Start, int[] Second, int[] At) Places()
    {
        var start = new int[_n + 1];
        if (_placeOf is not null)
        {
            (long key, int place)[] known = [.. _placeOf.Select(p => (p.Key, p.Value)).OrderBy(p => p.Key)];
            foreach ((long key, _) in known)
            {
                start[key / _n + 1]++;
            }

            for (int i = 0; i < _n; i++)
            {
                start[i + 1] += start[i];
            }

            return (start, [.. known.Select(p => (int)(p.key % _n))], [.. known.Select(p => p.place)]);
        }

        // four counts at a time
        ReadOnlySpan<UInt128> counts = MemoryMarshal.Cast<uint, UInt128>(_count);
        for (int i = 0; i < _n; i++)
        {
            start[i + 1] = start[i];
            foreach (UInt128 count in counts.Slice(i * _n + i + 1, _n - i - 1))
            {
                start[i + 1] += count == UInt128.Zero ? 0 : 1;
            }
        }

        int[] second = new int[start[_n]], at = new int[start[_n]];
        for (int i = 0, c = 0; i < _n; i++)
        {
            for (int j = i + 1; j < _n; j++)
            {
                if (counts[i * _n + j] != UInt128.Zero)
                {
                    (second[c], at[c]) = (j, Outcomes * (i * _n + j));
                    c++;
                }
            }
        }

        return (start, second, at);
    }

    private int Place(int low, int high)
    {
        if (_placeOf is null)
        {
            return Outcomes * (low * _n + high);
        }

        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_placeOf, (long)low * _n + high, out bool known);
        if (!known)
        {
            place = Outcomes * (_placeOf.Count - 1);
            if (place >= _count.Length)
            {
                int room = Math.Max(1024, 2 * _count.Length);
                Array.Resize(ref _count, room);
                if (_weight is not null)
                {
                    Array.Resize(ref _weight, room);
                    Array.Resize(ref _square, room);
                }
            }
        }

        return place;
    }
}
