using Arena.Ranking.Clustering;

namespace Arena.Ranking.Listwise;

/// <summary>
/// Orderings ready to be fitted: those of a weight above 0 that show two competitors or more, in columns. Slots stand
/// best tier first; tiers are numbered from 0 without a gap, with <see cref="Ballots.UnorderedBit"/> where not ordered.
/// </summary>
internal sealed class RankedBallots
{
    public required int Competitors { get; init; }

    /// <summary>Where each ordering's slots begin; the last value is their number.</summary>
    public required int[] Start { get; init; }

    public required int[] Item { get; init; }

    public required ushort[] Tier { get; init; }

    /// <summary>One an ordering.</summary>
    public required double[] Weight { get; init; }

    /// <summary>How many observations are exactly alike; null is one each.</summary>
    public double[]? Copies { get; init; }

    /// <summary>Whether an ordering has one competitor a tier.</summary>
    public required bool[] Strict { get; init; }

    /// <summary>−1 is unknown; null where none is known.</summary>
    public int[]? Voter { get; init; }

    /// <summary>−1 is unknown; null where none is known.</summary>
    public int[]? Prompt { get; init; }

    public int Count => Weight.Length;

    /// <summary>Most slots of an ordering.</summary>
    public required int Longest { get; init; }

    /// <summary>Observations: orderings times their copies.</summary>
    public int Observations => Copies is null ? Count : (int)Copies.Sum();

    public static RankedBallots Of(Ballots ballots)
    {
        ReadOnlySpan<int> from = ballots.Starts;
        var kept = new List<int>(ballots.Count);
        int slots = 0, longest = 0;
        for (int b = 0; b < ballots.Count; b++)
        {
            int length = from[b + 1] - from[b];
            if (length >= 2 && (ballots.Weights.IsEmpty || ballots.Weights[b] > 0))
            {
                kept.Add(b);
                slots += length;
                longest = Math.Max(longest, length);
            }
        }

        var start = new int[kept.Count + 1];
        var item = new int[slots];
        var tier = new ushort[slots];
        var strict = new bool[kept.Count];
        for (int k = 0; k < kept.Count; k++)
        {
            int b = kept[k], length = from[b + 1] - from[b], at = start[k];
            ballots.CompetitorColumn.Slice(from[b], length).CopyTo(item.AsSpan(at));
            ballots.TierColumn.Slice(from[b], length).CopyTo(tier.AsSpan(at));
            strict[k] = tier[at + length - 1] == length - 1;
            start[k + 1] = at + length;
        }

        return new RankedBallots
        {
            Competitors = ballots.Competitors,
            Start = start,
            Item = item,
            Tier = tier,
            Weight = Kept(ballots.Weights, kept, 1.0)!,
            Strict = strict,
            Voter = ballots.VoterColumn.IsEmpty ? null : Kept(ballots.VoterColumn, kept, -1),
            Prompt = ballots.PromptColumn.IsEmpty ? null : Kept(ballots.PromptColumn, kept, -1),
            Longest = longest,
        };
    }

    /// <summary>Every so manieth ordering, without clusters.</summary>
    public RankedBallots Thinned(int step)
    {
        int count = (Count + step - 1) / step;
        int[] kept = [.. Enumerable.Range(0, count).Select(k => k * step)];
        var start = new int[count + 1];
        for (int k = 0; k < count; k++)
        {
            start[k + 1] = start[k] + Start[kept[k] + 1] - Start[kept[k]];
        }

        var item = new int[start[count]];
        var tier = new ushort[start[count]];
        for (int k = 0; k < count; k++)
        {
            Item.AsSpan(Start[kept[k]]..Start[kept[k] + 1]).CopyTo(item.AsSpan(start[k]));
            Tier.AsSpan(Start[kept[k]]..Start[kept[k] + 1]).CopyTo(tier.AsSpan(start[k]));
        }

        return new RankedBallots
        {
            Competitors = Competitors,
            Start = start,
            Item = item,
            Tier = tier,
            Weight = Array.ConvertAll(kept, b => Weight[b]),
            Copies = Copies is null ? null : Array.ConvertAll(kept, b => Copies[b]),
            Strict = Array.ConvertAll(kept, b => Strict[b]),
            Longest = Longest,
        };
    }

    /// <summary>Clusters one way, or null where these are not asked for or unknown.</summary>
    public ClusterIndex? Clusters(ClusterBy asked, ClusterBy way) =>
        asked.HasFlag(way) && (way == ClusterBy.Voter ? Voter : Prompt) is { } column ? ClusterIndex.Of(column) : null;

    /// <summary>End of the tier that begins at a slot.</summary>
    public int EndOfTier(int slot, int end)
    {
        int next = slot + 1;
        while (next < end && Tier[next] == Tier[slot])
        {
            next++;
        }

        return next;
    }

    /// <summary>Whether an ordering tells anybody apart.</summary>
    public bool IsDiscordant(int ballot) => (Tier[Start[ballot + 1] - 1] & ~Ballots.UnorderedBit) > 0;

    private static T[] Kept<T>(ReadOnlySpan<T> column, List<int> kept, T usual)
    {
        var values = new T[kept.Count];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = column.IsEmpty ? usual : column[kept[k]];
        }

        return values;
    }
}
