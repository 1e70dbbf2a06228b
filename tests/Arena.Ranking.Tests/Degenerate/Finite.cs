using System.Collections;
using System.Reflection;
using Xunit;

namespace Arena.Ranking.Tests.Degenerate;

/// <summary>Reads a result to its last number.</summary>
internal static class Finite
{
    /// <summary>No NaN anywhere, ratings finite, intervals that hold their rating, ranks that hold some place, and no rank excluded for whoever has no evidence.</summary>
    public static void Check(object result) => Walk(result, result.GetType().Name, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        switch (value)
        {
            case null or string or Enum or Delegate or Ballots or bool or int or long:
                return;
            case double number:
                Assert.False(double.IsNaN(number), $"{path} is NaN.");
                return;
            case Standings standings:
                Check(standings, path);
                break;
            case PairComparisons pairs:
                Check(pairs, path, seen);
                return;
            default:
                break;
        }

        if (!value.GetType().IsValueType && !seen.Add(value))
        {
            return;
        }

        if (value is IEnumerable items)
        {
            int k = 0;
            foreach (object? item in items)
            {
                Walk(item, $"{path}[{k++}]", seen);
            }

            return;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // AlphaRankResult.Standings speaks of the only population
            if (property.GetIndexParameters().Length == 0 && !(value is AlphaRankResult { Populations.Count: > 1 } && property.Name is nameof(AlphaRankResult.Standings)))
            {
                Walk(property.GetValue(value), $"{path}.{property.Name}", seen);
            }
        }
    }

    private static void Check(PairComparisons pairs, string path, HashSet<object> seen)
    {
        for (int a = 0; a < pairs.Competitors; a++)
        {
            for (int b = 0; b < pairs.Competitors; b++)
            {
                if (a != b)
                {
                    Walk(pairs[a, b], $"{path}[{a}, {b}]", seen);
                }
            }
        }
    }

    private static void Check(Standings standings, string path)
    {
        int n = standings.Competitors.Count;
        Assert.Equal(Enumerable.Range(0, n), standings.Order.Order());
        foreach (Standing c in standings.Competitors)
        {
            string who = $"{path}: {c}";
            Assert.True(double.IsFinite(c.Rating), who);
            Assert.True(c.Low <= c.Rating && c.Rating <= c.High, who);
            Assert.True(c.RankLow >= 1 && c.RankLow <= c.RankHigh && c.RankHigh <= n, who);
            Assert.True(c.StandardError >= 0, who);
            Assert.True(c.Evidence.Observations > 0 || n == 1 || (c.RankLow, c.RankHigh) == (1, n), $"{who}, without any evidence");
        }
    }
}
