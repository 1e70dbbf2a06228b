using Arena.Application.Suites;
using Arena.Data.Runs;
using Arena.Evaluation.Breakdown;
using Arena.Evaluation.Families;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Npgsql;

namespace Arena.Application.Entries;

/// <summary>A run by class and by group of its suite, and what was answered for what.</summary>
public sealed class EntryBreakdown(SuiteCatalog suites)
{
    internal async Task<RunBreakdown> ReadAsync(NpgsqlConnection connection, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var suite = await suites.FindAsync(run.SuiteVersionId, cancellationToken);
        var metric = suite.Manifest.Metrics[0];
        var classes = suite.Manifest.Task.Classes;
        if (connection.State != System.Data.ConnectionState.Open)
        {
            await connection.OpenAsync(cancellationToken);
        }

        var values = (await ChunkStore.ReadMeasurementsAsync(connection, [run.Id], metric.Name, suite.Samples, cancellationToken))[run.Id];
        var measured = values.Count(value => !float.IsNaN(value));
        var binary = metric.Kind == MetricKind.Binary;
        return new(
            metric.Name,
            measured,
            binary && classes.Length > 0 ? Rows(ShareBreakdown.By(classes, suite.Reference.ClassOfSample.AsSpan(), values)) : [],
            binary ? Rows(ShareBreakdown.By(suite.Groups, suite.GroupOfSample.AsSpan(), values)) : [],
            classes.Length > 0 && measured > 0 ? await CountAsync(connection, run, suite, cancellationToken) : null);
    }

    private static IReadOnlyList<PartResult> Rows(IEnumerable<ShareRow> rows) =>
        [.. rows.Where(row => row.Count > 0).Select(row => new PartResult(row.Name, row.Count, row.Mean, row.Low, row.High))];

    /// <summary>The answers are not kept apart: they are read again from the outputs, by the code that scored them.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<int>>> CountAsync(NpgsqlConnection connection, Run run, SuiteContract suite, CancellationToken cancellationToken)
    {
        var choice = new OutputChoice(run.EntryVersion!.OutputName, Enum.Parse<OutputKind>(run.EntryVersion.OutputKind, ignoreCase: true));
        var predicted = new int[suite.Samples];
        predicted.AsSpan().Fill(-1);
        foreach (var chunk in await ChunkStore.ReadResultAsync(connection, run.Id, cancellationToken))
        {
            if (PackedOutputs.TryRead(chunk.Payload, out var outputs, out _)
                && suite.Family.Score(suite.Manifest.Task, suite.Manifest.Metrics, choice, outputs, suite.Reference) is ScoreOutcome.Scored scored)
            {
                scored.Predictions.CopyTo(predicted, chunk.FirstOrdinal);
            }
        }

        var classes = suite.Manifest.Task.Classes.Length;
        var matrix = ConfusionMatrix.Count(classes, suite.Reference.ClassOfSample.AsSpan(), predicted);
        return [.. Enumerable.Range(0, classes).Select(row => (IReadOnlyList<int>)[.. Enumerable.Range(0, classes).Select(column => matrix[row, column])])];
    }
}

/// <summary>A run by the parts of its suite.</summary>
internal sealed record RunBreakdown(string Metric, int Measured, IReadOnlyList<PartResult> Classes, IReadOnlyList<PartResult> Groups, IReadOnlyList<IReadOnlyList<int>>? Confusion);
