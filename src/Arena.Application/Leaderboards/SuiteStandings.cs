using Arena.Application.Suites;
using Arena.Data.Ids;
using Arena.Evaluation.Suites;
using Arena.Ranking;

namespace Arena.Application.Leaderboards;

/// <summary>From measurements of one suite to the content of a snapshot: the mean leads, Bradley–Terry stands beside it.</summary>
internal static class SuiteStandings
{
    public const string Mean = "mean";

    public const string BradleyTerryName = "bradley-terry";

    /// <summary>Ranks.</summary>
    /// <param name="runs">With at least one measured sample each.</param>
    /// <param name="vectors">For each run one value a sample, NaN where nothing was measured.</param>
    /// <param name="suite">The suite version that was measured.</param>
    /// <param name="metric">The metric of it that the values are.</param>
    /// <param name="seed">Of the resampling.</param>
    public static LeaderboardContent Make(IReadOnlyList<BoardRun> runs, IReadOnlyDictionary<RunId, float[]> vectors, SuiteContract suite, SuiteMetric metric, ulong seed)
    {
        var samples = suite.Samples;
        var values = new float[runs.Count * samples];
        for (var row = 0; row < runs.Count; row++)
        {
            vectors[runs[row].Id].CopyTo(values.AsSpan(row * samples));
        }

        var matrix = ScoreMatrix.Create(runs.Count, samples, values, Scale(metric), suite.Weights.All(weight => weight == 1) ? default : suite.Weights.AsSpan());
        var mean = MeanScore.Fit(matrix, new() { Seed = seed });
        var beside = BradleyTerry.TryFit(matrix, new() { Seed = seed }, out var rated, out var diagnosis)
            ? Convert(BradleyTerryName, rated, runs, samples)
            : new MethodStandings(BradleyTerryName, [], 0, Explain(diagnosis, runs));
        return new([Convert(Mean, mean, runs, samples), beside], samples, mean.Evidence.Discordant, mean.Confidence, new MeanScoreOptions().Rounds);
    }

    private static ScoreScale Scale(SuiteMetric metric) => new(
        metric.Kind switch
        {
            MetricKind.Binary => ScoreKind.Binary,
            MetricKind.Ordinal => ScoreKind.Ordinal,
            MetricKind.Numeric => ScoreKind.Numeric,
            _ => throw new ArgumentOutOfRangeException(nameof(metric)),
        },
        metric.Direction == MetricDirection.Lower ? ScoreDirection.LowerIsBetter : ScoreDirection.HigherIsBetter,
        metric.Margin);

    private static MethodStandings Convert(string method, Standings fitted, IReadOnlyList<BoardRun> runs, int samples) => new(
        method,
        [
            .. fitted.Order.Select(index =>
            {
                var place = fitted.Competitors[index];
                return new Standing(
                    runs[index].Entry,
                    runs[index].EntryName,
                    runs[index].EntryVersion,
                    place.Rating,
                    place.Low,
                    place.High,
                    place.RankLow,
                    place.RankHigh,
                    new(place.Evidence.Observations, place.Evidence.Discordant, samples));
            }),
        ],
        fitted.Pairs.NotSeparated,
        fitted.Diagnostics.Notes.Count == 0 ? null : string.Join(' ', fitted.Diagnostics.Notes));

    /// <summary>The engine knows competitors by number; people know them by name.</summary>
    private static string Explain(Diagnosis diagnosis, IReadOnlyList<BoardRun> runs)
    {
        string Names(IEnumerable<int> indices) => string.Join(", ", indices.Select(index => runs[index].EntryName));
        return diagnosis switch
        {
            Diagnosis.OneCompetitor => "Only one entry has been measured: there is nobody to compare it with yet.",
            Diagnosis.OnlyTies => "The entries did equally well on every sample: nothing tells them apart yet.",
            Diagnosis.Disconnected disconnected => $"The entries fall into {disconnected.Components.Count} groups that share no sample yet, so they cannot be put on one scale.",
            Diagnosis.Separable { NeverWon.Count: > 0 } separable => $"{Names(separable.NeverWon)} lost every comparison, so its distance to the others has no finite estimate. The mean beside it needs no such estimate.",
            Diagnosis.Separable { NeverLost.Count: > 0 } separable => $"{Names(separable.NeverLost)} won every comparison, so its distance to the others has no finite estimate. The mean beside it needs no such estimate.",
            _ => diagnosis.Message,
        };
    }
}
