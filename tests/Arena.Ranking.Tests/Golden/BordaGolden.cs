using Arena.Ranking.Metrics;
using Xunit;

namespace Arena.Ranking.Tests.Golden;

/// <summary>
/// Borda counts of RankingNLPSystems on real scores. The peer breaks ties by the order of an unstable sort, so a tied
/// entry's count may lie anywhere between its lowest and its highest place; the average rank used here is the middle.
/// </summary>
internal static class BordaGolden
{
    private static readonly BordaOptions Quick = new() { Resampling = VoteResampling.None };

    [GoldenFile("borda_glue_task_level.json")]
    public static void Tasks(GoldenFile file)
    {
        double[][] scores = file.Input["scores"].Rows();
        (int n, int tasks) = (scores.Length, scores[0].Length);
        // whole tenths are exact in single precision, tenths are not
        int decimals = scores.Max(row => row.Max(Decimals));
        double unit = Math.Pow(10, decimals);
        ScoreMatrix matrix = Matrix(n, tasks, (i, t) => Math.Round(scores[i][t] * unit));
        Standings borda = Borda.Fit(matrix, Quick);
        string countKey = file.Output.Names.Single(k => k.StartsWith("one_level_borda_count", StringComparison.Ordinal));
        double[] counts = file.Output[countKey].Numbers();
        double[] slack = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, tasks).Sum(t => (scores.Count(row => row[t].Equals(scores[i][t])) - 1) / 2.0))];
        Assert.Equal(counts.Sum(), borda.Competitors.Sum(c => c.Rating), 1e-6);
        Assert.All(borda.Competitors, c => Assert.InRange(c.Rating, counts[c.Index] - slack[c.Index], counts[c.Index] + slack[c.Index]));
        RanksOf(counts, file.Output["one_level_rank(0=worst)"].Wholes());

        Standings means = MeanScore.Fit(matrix, new MeanScoreOptions { Rounds = 10 });
        double[] mean = [.. means.Competitors.Select(c => c.Rating / unit)];
        file.Output["mean"].Near(mean, file.Tolerance("mean"));
        RanksOf([.. mean.Select(m => Math.Round(m, 9))], file.Output["mean_rank(0=worst)"].Wholes());
        // the peer correlates its two lists of places
        file.Output["kendall_tau_b_mean_vs_borda"].Near(
            RankCorrelation.KendallTauB(file.Output["mean_rank(0=worst)"].Numbers(), file.Output["one_level_rank(0=worst)"].Numbers())!.Value, 1e-12);
    }

    [GoldenFile("borda_instance_level_DIALOG_pc.json")]
    public static void Utterances(GoldenFile file)
    {
        (int System, string Utterance, double[] Scores)[] rows =
        [
            .. file.Input["rows"].Element.EnumerateArray().Select(r => (r[0].GetInt32(), r[1].GetString()!, r.EnumerateArray().Skip(2).Select(v => v.GetDouble()).ToArray())),
        ];
        int n = rows.Max(r => r.System) + 1, metrics = rows[0].Scores.Length;
        string[] utterances = [.. rows.Select(r => r.Utterance).Distinct(StringComparer.Ordinal)];
        var table = rows.ToDictionary(r => (r.System, r.Utterance), r => r.Scores);
        // single precision merges doubles that differ in rounding only: rank them as they are
        ScoreMatrix[] matrices = [.. Enumerable.Range(0, metrics).Select(k => Matrix(n, utterances.Length, (i, u) => Below(k, u, table[(i, utterances[u])][k])))];
        double Below(int metric, int utterance, double score) => Enumerable.Range(0, n).Count(j => table[(j, utterances[utterance])][metric] < score);

        double[] one = [.. Borda.Fit(Joined(matrices), Quick).Competitors.Select(c => c.Rating)];
        double[] slack = new double[n];
        foreach (ScoreMatrix matrix in matrices)
        {
            for (int i = 0; i < n; i++)
            {
                for (int u = 0; u < utterances.Length; u++)
                {
                    slack[i] += (Enumerable.Range(0, n).Count(j => matrix.Row(j)[u].Equals(matrix.Row(i)[u])) - 1) / 2.0;
                }
            }
        }

        double[] counts = file.Output["one_level_count"].Numbers();
        Assert.Equal(counts.Sum(), one.Sum(), 1e-6);
        Assert.All(one, (score, i) => Assert.InRange(score, counts[i] - slack[i], counts[i] + slack[i]));
        RanksOf(counts, file.Output["one_level_rank"].Wholes());
        TwoLevels(file, matrices, n, utterances.Length);
        RanksOf(file.Output["mean"].Numbers(), file.Output["mean_rank"].Wholes());
        double[] means = file.Output["mean"].Numbers();
        Assert.All(means, (mean, i) => Assert.Equal(rows.Where(r => r.System == i).Average(r => r.Scores.Average()), mean, 1e-9));
    }

    /// <summary>Every metric's places can lie as far apart as the ties among its utterances allow, and so can their sum.</summary>
    private static void TwoLevels(GoldenFile file, ScoreMatrix[] matrices, int n, int utterances)
    {
        double[] counts = file.Output["two_level_count"].Numbers();
        double[] two = [.. Borda.FitTwoLevel(matrices, Quick).Competitors.Select(c => c.Rating)];
        double[] least = new double[n], most = new double[n];
        foreach (ScoreMatrix matrix in matrices)
        {
            double[] low = new double[n], high = new double[n];
            for (int i = 0; i < n; i++)
            {
                for (int u = 0; u < utterances; u++)
                {
                    low[i] += Enumerable.Range(0, n).Count(j => matrix.Row(j)[u] < matrix.Row(i)[u]);
                    high[i] += Enumerable.Range(0, n).Count(j => j != i && matrix.Row(j)[u] <= matrix.Row(i)[u]);
                }
            }

            for (int i = 0; i < n; i++)
            {
                least[i] += high.Count(h => h < low[i]);
                most[i] += low.Where((_, j) => j != i).Count(l => l <= high[i]);
            }
        }

        Assert.Equal(counts.Sum(), two.Sum(), 1e-6);
        Assert.All(counts, (count, i) => Assert.InRange(count, least[i], most[i]));
        Assert.All(two, (score, i) => Assert.InRange(score, least[i], most[i]));
        // average ranks stand between all ways to break the many ties here
        Assert.InRange(RankCorrelation.Spearman(two, counts)!.Value, 0.85, 1);
        RanksOf(counts, file.Output["two_level_rank"].Wholes());
    }

    private static ScoreMatrix Joined(ScoreMatrix[] matrices)
    {
        int n = matrices[0].Competitors;
        float[] all = [.. Enumerable.Range(0, n).SelectMany(i => matrices.SelectMany(m => m.Row(i).ToArray()))];
        return ScoreMatrix.Create(n, all.Length / n, all, new ScoreScale(ScoreKind.Numeric));
    }

    private static ScoreMatrix Matrix(int competitors, int samples, Func<int, int, double> score) => ScoreMatrix.Create(
        competitors,
        samples,
        [.. Enumerable.Range(0, competitors * samples).Select(k => (float)score(k / samples, k % samples))],
        new ScoreScale(ScoreKind.Numeric));

    /// <summary>Places from 0, smallest first, in any order among equals.</summary>
    private static void RanksOf(double[] values, int[] places) =>
        Assert.All(values, (value, i) => Assert.InRange(places[i], values.Count(v => v < value), values.Count(v => v <= value) - 1));

    private static int Decimals(double value) =>
        Enumerable.Range(0, 5).First(d => Math.Abs(value * Math.Pow(10, d) - Math.Round(value * Math.Pow(10, d))) < 1e-6);
}
