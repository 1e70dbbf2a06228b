using System.Globalization;
using Arena.Application.Leaderboards;
using Arena.Application.Suites;
using Arena.Contracts.Workers;
using Arena.Data;
using Arena.Data.Blobs;
using Arena.Data.Ids;
using Arena.Data.Runs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Arena.Application.Workers;

/// <summary>Gives work to workers, with everything that they need to do it and nothing else: no label is in it.</summary>
public sealed class RunLeases(
    JobQueue queue,
    WorkSignal work,
    SuiteCatalog suites,
    BoardChanges changes,
    ArtefactLinks links,
    IDbContextFactory<ArenaDbContext> contexts,
    IOptions<WorkerOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Leases jobs of one run, waiting for some to come when there are none.</summary>
    /// <returns>Null when nothing came within the time.</returns>
    public async Task<RunLease?> AcquireAsync(WorkerId worker, AcquireRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var until = time.GetUtcNow().AddSeconds(Math.Clamp(request.WaitSeconds, 0, 25));
        while (true)
        {
            var queued = work.Next;
            var jobs = await queue.AcquireAsync(worker, request.Capabilities, Math.Clamp(request.MaximumJobs, 1, 32), options.Value.LeaseSeconds, cancellationToken);
            if (jobs.Count > 0)
            {
                var lease = await DescribeAsync(jobs, cancellationToken);
                await changes.RunChangedAsync(jobs[0].RunId, cancellationToken);
                return lease;
            }

            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.WhenAny(queued, Task.Delay(left < LookEvery ? left : LookEvery, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<RunLease> DescribeAsync(IReadOnlyList<LeasedJob> jobs, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var runId = jobs[0].RunId;
        var run = await context.Runs.AsNoTracking().Include(run => run.EntryVersion).ThenInclude(version => version!.Entry).SingleAsync(run => run.Id == runId, cancellationToken);
        var version = run.EntryVersion!;
        var suite = await suites.FindAsync(run.SuiteVersionId, cancellationToken);
        var manifest = suite.Manifest;
        var variant = manifest.FindPreprocessing(version.Preprocessing) ?? throw new InvalidOperationException($"Run {runId.Value} was queued with a preprocessing that its suite does not have.");
        var sizes = await context.Blobs.Where(blob => blob.Sha256 == version.ArtifactSha256 || blob.Sha256 == suite.InputBlob).ToDictionaryAsync(blob => blob.Sha256, blob => blob.Size, StringComparer.Ordinal, cancellationToken);
        Artefact File(string sha256) => new(links.Make(jobs[0], sha256), sha256, sizes[sha256]);
        return new(
            runId.Value,
            string.Create(CultureInfo.InvariantCulture, $"{version.Entry!.Slug} version {version.Number}"),
            File(version.ArtifactSha256),
            new(manifest.Input.Name, Name(manifest.Input.ElementType), [.. manifest.Input.SampleShape.Dimensions], File(suite.InputBlob)),
            new(variant.Name, Name(variant.ElementType), [.. variant.SampleShape.Dimensions], variant.Scale, variant.Offset),
            new(version.OutputName, version.OutputKind, suite.Family.Name, [.. suite.Family.SizesOf(manifest.Task)]),
            new(manifest.Limits.Seconds, manifest.Limits.MemoryMebibytes * 1024L * 1024),
            [.. jobs.Select(job => new JobLease(job.Id, job.Attempt, job.Token, options.Value.LeaseSeconds, job.FirstOrdinal, job.Count))]);
    }

    private static string Name(Evaluation.Tensors.TensorElementType type) => Evaluation.Tensors.TensorElementTypes.Name(type);
}
