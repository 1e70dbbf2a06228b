using Arena.Application.Predictions;
using Arena.Application.Workers;
using Arena.Data;
using Arena.Data.Entries;
using Arena.Data.Runs;
using Arena.Data.Suites;
using Arena.Evaluation.Suites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Arena.Application.Runs;

/// <summary>Decides which entry versions run on a suite version, and queues them.</summary>
public sealed class RunPlanner(PredictionRecorder recorder, IOptions<WorkerOptions> options, TimeProvider time)
{
    /// <summary>
    /// Queues what a new suite version calls for, within the caller's transaction: its baselines, and every entry that ran on an
    /// earlier version (the newest version of each that is not retired). Recorded predictions wait for nobody: they are scored at once.
    /// </summary>
    /// <returns>How many runs now wait for a worker.</returns>
    public async Task<int> PlanAsync(ArenaDbContext context, NpgsqlTransaction transaction, SuiteVersion suite, SuiteDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(definition);
        var manifest = definition.Manifest;
        var competitors = await context.EntryVersions
            .Where(version => version.RetiredAt == null && !context.EntryVersions.Any(newer => newer.EntryId == version.EntryId && newer.RetiredAt == null && newer.Number > version.Number))
            .Where(version => version.Entry!.BaselineOf == suite.SuiteId
                || context.Runs.Any(run => run.EntryVersion!.EntryId == version.EntryId && run.SuiteVersion!.SuiteId == suite.SuiteId))
            .Where(version => !context.Runs.Any(run => run.EntryVersionId == version.Id && run.SuiteVersionId == suite.Id))
            .Include(version => version.Entry)
            .OrderBy(version => version.Entry!.Slug)
            .ToListAsync(cancellationToken);
        var queued = 0;
        foreach (var version in competitors)
        {
            if (version.Entry!.Kind == EntryKind.Predictions)
            {
                await recorder.RecordAgainAsync(context, transaction, version, suite.Id, definition, cancellationToken);
                continue;
            }

            var run = new Run
            {
                Id = new(Guid.CreateVersion7(time.GetUtcNow())),
                EntryVersionId = version.Id,
                SuiteVersionId = suite.Id,
                HardwareClass = manifest.Hardware,
                CreatedAt = time.GetUtcNow(),
            };
            context.Runs.Add(run);
            if (Misfit(version, manifest) is { } reason)
            {
                (run.State, run.FailureFault, run.FailureReason, run.EndedAt) = (RunState.Failed, Fault.Suite, reason, time.GetUtcNow());
                await context.SaveChangesAsync(cancellationToken);
                continue;
            }

            await context.SaveChangesAsync(cancellationToken);
            var owner = version.Entry.OwnerId?.ToString() ?? JobPlanner.BaselinesOwner;
            await JobPlanner.QueueAsync((NpgsqlConnection)context.Database.GetDbConnection(), transaction, run.Id, manifest.Hardware, owner, suite.SampleCount, options.Value.ShardSamples, cancellationToken);
            queued++;
        }

        return queued;
    }

    private static string? Misfit(EntryVersion version, SuiteManifest manifest) =>
        manifest.FindPreprocessing(version.Preprocessing) is null
            ? $"This version of the suite no longer offers the preprocessing '{version.Preprocessing}'. Submit a new version of the entry that uses one of: {string.Join(", ", manifest.Preprocessing.Select(variant => variant.Name))}."
            : !Enum.TryParse<OutputKind>(version.OutputKind, ignoreCase: true, out var kind) || !manifest.Outputs.Contains(kind)
                ? $"This version of the suite no longer takes outputs of the kind '{version.OutputKind}'."
                : null;
}
