namespace Arena.Ranking.Resampling;

/// <summary>Columns on different scales brought to where only their order, and the margin within which scores tie, is left.</summary>
internal static class MixedColumns
{
    /// <summary>
    /// Divides a column by its margin; where the margin is 0, takes twice the place among the different scores instead. Then two scores tie exactly when
    /// they differ by <see cref="ScoreMatrix.MixedMargin"/> or less.
    /// </summary>
    /// <param name="scores">competitors × columns, higher is better, NaN is missing; changed in place.</param>
    /// <param name="competitors">Number of rows.</param>
    /// <param name="margins">One a column.</param>
    public static void ToCommonMargin(double[] scores, int competitors, double[] margins)
    {
        int width = margins.Length;
        var different = new List<double>(competitors);
        for (int p = 0; p < width; p++)
        {
            different.Clear();
            for (int i = 0; i < competitors; i++)
            {
                if (!double.IsNaN(scores[i * width + p]))
                {
                    different.Add(scores[i * width + p]);
                }
            }

            double[] places = margins[p] > 0 ? [] : [.. different.Distinct().Order()];
            for (int i = 0; i < competitors; i++)
            {
                ref double score = ref scores[i * width + p];
                if (!double.IsNaN(score))
                {
                    score = margins[p] > 0 ? score / margins[p] : 2 * ScoreMatrix.MixedMargin * Array.BinarySearch(places, score);
                }
            }
        }
    }
}
