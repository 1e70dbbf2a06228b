namespace Arena.Ranking;

/// <summary>The result of <see cref="OneBench"/>: its standings, and the mean scores to be shown beside them.</summary>
/// <param name="Standings">Ratings and intervals.</param>
/// <param name="Means">
/// Mean scores, one scale at a time, as nothing can be averaged across scales; the scale of most samples first. Where much was measured
/// the mean is hard to beat, and an order that it contradicts wants an explanation.
/// </param>
public sealed record OneBenchResult(Standings Standings, IReadOnlyList<ScaleMeans> Means);

/// <summary>Mean scores over the samples of one scale. For their intervals see <see cref="MeanScore"/>.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Samples">Samples of it with a score and a weight above 0.</param>
/// <param name="Scores">Every competitor's mean score in units of the scale; null where it has no score.</param>
/// <param name="Order">The competitors with a score, best first, as <see cref="MeanScore"/> orders them: over the samples they share.</param>
public sealed record ScaleMeans(ScoreScale Scale, int Samples, IReadOnlyList<double?> Scores, IReadOnlyList<int> Order);
