using System.Text.Json;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>Zero-sum equilibria against support enumeration and linear programming.</summary>
public static class NashGolden
{
    [GoldenFile("nash_zero_sum.json")]
    public static void Check(GoldenFile file)
    {
        double tolerance = file.Tolerance("p_abs");
        foreach (GoldenNode item in file.Root["cases"].Items)
        {
            double[][] rows = item["input"]["antisymmetric_payoff"].Rows();
            PayoffTables tables = PayoffTables.Symmetric(rows.Length, [.. rows.SelectMany(row => row)]);
            NashResult result = Nash.Fit(tables);
            GoldenNode output = item["output"];
            double[] own = [.. result.Strategies[0]];

            Assert.Equal(1, own.Sum(), 12);
            output["value"].Near(result.Values[0], tolerance);
            Assert.InRange(result.DualityGap, 0, tolerance);
            if (output["unique"].Flag())
            {
                Assert.True(result.IsUnique);
            }

            if (output["p"].Element.ValueKind != JsonValueKind.Null)
            {
                output["p"].Near(own, tolerance);
            }

            // an optimum that is not unique need not be the same one, but it has to be as good
            double[] peer = output["lp_p"].Numbers();
            if (result.IsUnique == true)
            {
                output["lp_p"].Near(own, tolerance);
            }

            Assert.All(Enumerable.Range(0, rows.Length), j => Assert.True(rows.Zip(peer, (row, p) => row[j] * p).Sum() >= -tolerance));
        }
    }
}
