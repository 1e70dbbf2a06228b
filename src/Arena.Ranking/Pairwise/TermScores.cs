using Arena.Ranking.Clustering;

namespace Arena.Ranking.Pairwise;

/// <summary>Scores of ballots under a likelihood of their derived pairs: the terms of a ballot side by side.</summary>
internal static class TermScores
{
    public static SparseScores Of(IVoteLikelihood model, double[] x, PairTerms terms)
    {
        int most = model.MostTouched;
        var touched = new int[model.Terms * most];
        var counts = new int[model.Terms];
        double[] scores = new double[model.Terms * most], information = new double[scores.Length];
        var curvature = new double[most * most];
        for (int t = 0; t < model.Terms; t++)
        {
            counts[t] = model.Touched(t, touched.AsSpan(t * most, most));
            model.Evaluate(t, x, scores.AsSpan(t * most, counts[t]), curvature);
            for (int k = 0; k < counts[t]; k++)
            {
                information[t * most + k] = Math.Max(0, curvature[k * counts[t] + k]);
            }
        }

        var starts = new int[terms.Ballots.Count + 1];
        for (int b = 0; b < terms.Ballots.Count; b++)
        {
            starts[b + 1] = starts[b];
            foreach (int term in terms.TermOf.AsSpan(terms.Start[b]..terms.Start[b + 1]))
            {
                starts[b + 1] += counts[term];
            }
        }

        var (items, values, told) = (new int[starts[^1]], new double[starts[^1]], new double[starts[^1]]);
        for (int b = 0, at = 0; b < terms.Ballots.Count; b++)
        {
            double weight = terms.Ballots.Weights.IsEmpty ? 1 : terms.Ballots.Weights[b];
            foreach (int term in terms.TermOf.AsSpan(terms.Start[b]..terms.Start[b + 1]))
            {
                for (int k = term * most; k < term * most + counts[term]; k++, at++)
                {
                    (items[at], values[at], told[at]) = (touched[k], weight * scores[k], weight * information[k]);
                }
            }
        }

        return new SparseScores(model.Parameters, starts, items, values, told);
    }
}
