using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;

namespace Arena.Application.Runs;

/// <summary>The one way from outputs to measurements, whoever made the outputs.</summary>
internal static class ChunkScoring
{
    /// <summary>Scores outputs and adds what was measured, a chunk for each metric of the suite.</summary>
    /// <returns>Why the outputs cannot be scored, the entry's fault; null when they were.</returns>
    public static string? Score(RunId run, SuiteManifest manifest, ScoringReference reference, OutputChoice choice, Evaluation.Tensors.OutputChunk outputs, List<MeasurementChunk> measurements)
    {
        switch (TaskFamilies.For(manifest.Task).Score(manifest.Task, manifest.Metrics, choice, outputs, reference))
        {
            case ScoreOutcome.Scored scored:
                measurements.AddRange(manifest.Metrics.Select((metric, index) => new MeasurementChunk
                {
                    RunId = run,
                    Metric = metric.Name,
                    FirstOrdinal = outputs.FirstOrdinal,
                    Count = outputs.Count,
                    Values = scored.Measurements[index],
                }));
                return null;
            case ScoreOutcome.EntryFault fault:
                return fault.Reason;
            default:
                throw new InvalidOperationException("A family answered neither a score nor a fault.");
        }
    }
}
