using Arena.Ranking.Resampling;
using MathNet.Numerics.LinearAlgebra;

namespace Arena.Ranking;

/// <summary>
/// How much better than average each competitor is, from scores on shared samples: the competitor effects of the
/// least-squares fit score = competitor + sample + error, adding up to 0. Equal to mean − grand mean when nothing is missing.
/// </summary>
internal static class AdditiveOffsets
{
    /// <summary>Offsets, adding up to 0.</summary>
    /// <param name="patterns">Scores by pattern.</param>
    /// <param name="means">Mean score of each competitor.</param>
    /// <param name="groupWeight">Weight of the samples that the same competitors were measured on.</param>
    /// <param name="linked">False when groups of competitors share no sample; each group then keeps its place by its mean.</param>
    public static double[] Of(SamplePatterns patterns, double[] means, double[] groupWeight, out bool linked)
    {
        int n = patterns.Competitors;
        double[] offsets = [.. means];
        linked = true;
        if (!Array.TrueForAll(patterns.Measured, m => m))
        {
            (Matrix<double> laplacian, double[] right) = NormalEquations(patterns, groupWeight);
            List<int[]> components = Components(laplacian);
            linked = components.Count == 1;
            foreach (int[] component in components.Where(c => c.Length > 1))
            {
                Matrix<double> part = Matrix<double>.Build.Dense(component.Length, component.Length, (a, b) => laplacian[component[a], component[b]]);
                Vector<double> rhs = Vector<double>.Build.Dense(component.Length, a => right[component[a]]);
                Vector<double> effect = MeanZero.Factor(part, out _).Solve(rhs);
                double level = component.Average(i => means[i]) - effect.Average();
                for (int a = 0; a < component.Length; a++)
                {
                    offsets[component[a]] = effect[a] + level;
                }
            }
        }

        MeanZero.Centre(offsets);
        return offsets;
    }

    private static (Matrix<double> Laplacian, double[] Right) NormalEquations(SamplePatterns patterns, double[] groupWeight)
    {
        int n = patterns.Competitors;
        Matrix<double> laplacian = Matrix<double>.Build.Dense(n, n);
        var right = new double[n];
        var sums = new double[n];
        for (int g = 0; g < patterns.Groups; g++)
        {
            int[] members = [.. Enumerable.Range(0, n).Where(i => patterns.MeasuredIn(g)[i])];
            double total = 0;
            foreach (int i in members)
            {
                sums[i] = 0;
                ReadOnlySpan<double> row = patterns.Row(i);
                for (int p = patterns.GroupStart[g]; p < patterns.GroupStart[g + 1]; p++)
                {
                    sums[i] += patterns.Count[p] * patterns.Weight[p] * row[p];
                }

                total += sums[i];
            }

            double share = groupWeight[g] / members.Length;
            foreach (int i in members)
            {
                right[i] += sums[i] - total / members.Length;
                laplacian[i, i] += groupWeight[g];
                foreach (int j in members)
                {
                    laplacian[i, j] -= share;
                }
            }
        }

        return (laplacian, right);
    }

    private static List<int[]> Components(Matrix<double> laplacian) =>
        ComparisonGraph.Components(laplacian.RowCount, (i, j) => i != j && laplacian[i, j] < 0);
}
