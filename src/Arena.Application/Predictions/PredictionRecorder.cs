using System.Security.Cryptography;
using Arena.Application.Runs;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Entries;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Arena.Evaluation.Families;
using Arena.Evaluation.Predictions;
using Arena.Evaluation.Suites;
using Arena.Evaluation.Tensors;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OutputChunk = Arena.Data.Runs.OutputChunk;

namespace Arena.Application.Predictions;

/// <summary>Makes recorded predictions a run that is finished at once: packed, scored and stored like what a worker sends, all within the caller's transaction.</summary>
public sealed class PredictionRecorder(IBlobStore blobs, TimeProvider time)
{
    /// <summary>What stands where a run names its class of hardware: nothing was run here.</summary>
    public const string HardwareClass = "recorded";

    /// <summary>What errors call the file, whatever it was called where it came from.</summary>
    internal const string FileName = "predictions.jsonl";

    /// <summary>Samples in a chunk: few enough that one sample of it is read quickly.</summary>
    private const int ChunkSamples = 64;

    /// <summary>Stores the run of an entry version that has none on the suite version.</summary>
    /// <param name="context">Of the caller, who commits.</param>
    /// <param name="transaction">Of the caller.</param>
    /// <param name="version">Of the entry.</param>
    /// <param name="suite">The version that was answered.</param>
    /// <param name="manifest">Its suite.yaml.</param>
    /// <param name="reference">Its right answers.</param>
    /// <param name="predictions">Found to fit it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Run> RecordAsync(ArenaDbContext context, NpgsqlTransaction transaction, EntryVersion version, SuiteVersionId suite, SuiteManifest manifest, ScoringReference reference, RecordedPredictions predictions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var run = NewRun(version, suite);
        List<OutputChunk> chunks = [];
        List<MeasurementChunk> measurements = [];
        for (var first = 0; first < predictions.Count; first += ChunkSamples)
        {
            var outputs = predictions.Pack(first, Math.Min(ChunkSamples, predictions.Count - first));
            if (ChunkScoring.Score(run.Id, manifest, reference, RecordedPredictions.Choice, outputs, measurements) is { } fault)
            {
                return await AddFailedAsync(context, run, Fault.Entry, fault, cancellationToken);
            }

            var payload = PackedOutputs.Encode(outputs);
            chunks.Add(new() { FirstOrdinal = outputs.FirstOrdinal, Count = outputs.Count, Digest = SHA256.HashData(payload), Payload = payload });
        }

        (run.State, run.StartedAt, run.EndedAt) = (RunState.Finished, run.CreatedAt, run.CreatedAt);
        await AddAsync(context, run, cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await ChunkStore.StoreRecordedAsync(connection, transaction, run.Id, HardwareClass, chunks, cancellationToken);
        await ChunkStore.StoreMeasurementsAsync(connection, measurements, cancellationToken);
        return run;
    }

    /// <summary>Takes an entry version's file to a new version of its suite. Where it no longer fits, the run is failed and says why.</summary>
    /// <param name="context">Of the caller, who commits.</param>
    /// <param name="transaction">Of the caller.</param>
    /// <param name="version">Of the entry.</param>
    /// <param name="suite">The new version.</param>
    /// <param name="definition">What is in it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Run> RecordAgainAsync(ArenaDbContext context, NpgsqlTransaction transaction, EntryVersion version, SuiteVersionId suite, SuiteDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(definition);
        using var bytes = new MemoryStream();
        await using (var blob = blobs.Open(version.ArtifactSha256))
        {
            await blob.CopyToAsync(bytes, cancellationToken);
        }

        return RecordedPredictions.TryRead(definition.Manifest, [.. definition.Samples.Select(sample => sample.Id)], FileName, bytes.ToArray(), out var predictions, out var errors)
            ? await RecordAsync(context, transaction, version, suite, definition.Manifest, definition.Reference, predictions, cancellationToken)
            : await AddFailedAsync(context, NewRun(version, suite), Fault.Suite, $"The recorded predictions do not fit this version of the suite: {errors[0]} Submit predictions for it.", cancellationToken);
    }

    private Run NewRun(EntryVersion version, SuiteVersionId suite) => new()
    {
        Id = new(Guid.CreateVersion7(time.GetUtcNow())),
        EntryVersionId = version.Id,
        SuiteVersionId = suite,
        HardwareClass = HardwareClass,
        CreatedAt = time.GetUtcNow(),
    };

    private static Task<Run> AddFailedAsync(ArenaDbContext context, Run run, Fault fault, string reason, CancellationToken cancellationToken)
    {
        (run.State, run.FailureFault, run.FailureReason, run.EndedAt) = (RunState.Failed, fault, reason, run.CreatedAt);
        return AddAsync(context, run, cancellationToken);
    }

    private static async Task<Run> AddAsync(ArenaDbContext context, Run run, CancellationToken cancellationToken)
    {
        context.Runs.Add(run);
        await context.SaveChangesAsync(cancellationToken);
        return run;
    }
}
