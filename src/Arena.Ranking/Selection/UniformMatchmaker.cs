using System.Buffers;
using Arena.Ranking.Resampling;

namespace Arena.Ranking.Selection;

/// <summary>
/// Every slate that the exclusion groups allow is as likely as every other: P = 1/Σ_j e_j·C(u, K − j), with e_j the j-th
/// elementary symmetric polynomial of the groups' sizes and u the number of competitors without a group.
/// </summary>
public sealed class UniformMatchmaker : IMatchmaker
{
    /// <inheritdoc/>
    public string Version => "uniform";

    /// <inheritdoc/>
    public void Draw(in MatchRequest request, Span<int> slate)
    {
        MatchState state = request.State;
        SlateRules.CheckSize(state, slate.Length);
        Xoshiro256 random = request.Random();
        if (!state.HasGroups && !state.IsRestricted)
        {
            DrawWithoutGroups(state.Competitors, slate, ref random);
        }
        else
        {
            DrawWithGroups(state, slate, ref random);
        }

        random.Shuffle(slate);
    }

    /// <inheritdoc/>
    public SlateProbability Probability(in MatchRequest request, ReadOnlySpan<int> slate)
    {
        if (!SlateRules.CanBeDrawn(request.State, slate))
        {
            return SlateProbability.Exact(0);
        }

        MatchState state = request.State;
        double[] suffix = SuffixCounts(state, slate.Length);
        double slates = 0;
        for (int grouped = 0; grouped <= slate.Length; grouped++)
        {
            slates += suffix[grouped] * Choose(state.FreeCompetitors, slate.Length - grouped);
        }

        return SlateProbability.Exact(1 / slates);
    }

    /// <summary>Floyd's sample without replacement.</summary>
    private static void DrawWithoutGroups(int count, Span<int> slate, ref Xoshiro256 random)
    {
        for (int k = 0; k < slate.Length; k++)
        {
            int last = count - slate.Length + k;
            int pick = random.NextBelow(last + 1);
            slate[k] = slate[..k].Contains(pick) ? last : pick;
        }
    }

    private static void DrawWithGroups(MatchState state, Span<int> slate, ref Xoshiro256 random)
    {
        int size = slate.Length;
        double[] suffix = SuffixCounts(state, size);
        int[] sizes = state.AvailableOfGroup;
        int[] free = ArrayPool<int>.Shared.Rent(state.Competitors);
        try
        {
            int freeCount = 0;
            for (int i = 0; i < state.Competitors; i++)
            {
                if (state.IsAvailable(i) && !state.IsGrouped(i))
                {
                    free[freeCount++] = i;
                }
            }

            int grouped = DrawGroupedCount(suffix, freeCount, size, ref random);
            int next = 0;
            for (int g = 0; g < sizes.Length && next < grouped; g++)
            {
                int left = grouped - next;
                double without = suffix[(g + 1) * (size + 1) + left], all = suffix[g * (size + 1) + left];
                if (random.NextDouble() * all >= without)
                {
                    slate[next++] = DrawMember(state, g, random.NextBelow(sizes[g]));
                }
            }

            Span<int> rest = slate[grouped..];
            if (rest.Length > 0)
            {
                DrawWithoutGroups(freeCount, rest, ref random);
                foreach (ref int member in rest)
                {
                    member = free[member];
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(free);
        }
    }

    /// <summary>How many members come out of groups.</summary>
    private static int DrawGroupedCount(double[] suffix, int free, int size, ref Xoshiro256 random)
    {
        double total = 0;
        for (int j = 0; j <= size; j++)
        {
            total += suffix[j] * Choose(free, size - j);
        }

        double mark = random.NextDouble() * total;
        int last = 0;
        for (int j = 0; j <= size; j++)
        {
            double slates = suffix[j] * Choose(free, size - j);
            if (slates > 0)
            {
                last = j;
                if (mark < slates)
                {
                    return j;
                }

                mark -= slates;
            }
        }

        return last; // rounding carried the mark past the end
    }

    private static int DrawMember(MatchState state, int group, int number)
    {
        foreach (int member in state.GroupMembers[group])
        {
            if (state.IsAvailable(member) && number-- == 0)
            {
                return member;
            }
        }

        throw new InvalidOperationException("A group has fewer members than counted."); // counted by the state
    }

    /// <summary>Row g, column j: ways to take j members out of the groups from g on, one a group at most.</summary>
    private static double[] SuffixCounts(MatchState state, int size)
    {
        int[] sizes = state.AvailableOfGroup;
        var suffix = new double[(sizes.Length + 1) * (size + 1)];
        suffix[sizes.Length * (size + 1)] = 1;
        for (int g = sizes.Length - 1; g >= 0; g--)
        {
            Span<double> row = suffix.AsSpan(g * (size + 1), size + 1), below = suffix.AsSpan((g + 1) * (size + 1), size + 1);
            row[0] = 1;
            for (int j = 1; j <= size; j++)
            {
                row[j] = below[j] + sizes[g] * below[j - 1];
            }
        }

        return suffix;
    }

    private static double Choose(int count, int size)
    {
        if (size > count)
        {
            return 0;
        }

        double ways = 1;
        for (int k = 0; k < size; k++)
        {
            ways *= (count - k) / (k + 1.0);
        }

        return ways;
    }
}
