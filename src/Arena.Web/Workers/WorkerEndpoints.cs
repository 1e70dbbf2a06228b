using System.Security.Cryptography;
using Arena.Application.Leaderboards;
using Arena.Application.Runs;
using Arena.Application.Workers;
using Arena.Contracts.Workers;
using Arena.Data.Blobs;
using Arena.Data.Runs;
using Arena.Evaluation.Tensors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Arena.Web.Workers;

/// <summary>The server's half of the worker protocol (docs/worker-protocol.md).</summary>
internal static class WorkerEndpoints
{
    /// <summary>Above the largest chunk that can be configured; chunks are held to the configured size as they are read.</summary>
    private const int MaximumBodyBytes = 65 * 1024 * 1024;

    public static void MapWorkers(this IEndpointRouteBuilder endpoints)
    {
        // a file's address is its own proof: it was signed for one lease
        endpoints.MapGet(ArtefactLinks.Prefix + "{link}", DownloadAsync).RequireRateLimiting(WorkerLimits.Claims);

        var group = endpoints.MapGroup("").AddEndpointFilter<WorkerFilter>().WithMetadata(new RequestSizeLimitAttribute(MaximumBodyBytes)).RequireRateLimiting(WorkerLimits.Claims).DisableAntiforgery();
        group.MapPost(WorkerProtocol.RegisterPath, RegisterAsync);
        group.MapPost(WorkerProtocol.AcquirePath, AcquireAsync);
        group.MapPost(WorkerProtocol.HeartbeatPath, HeartbeatAsync).RequireRateLimiting(WorkerLimits.Heartbeats);
        group.MapPut("/worker/v1/jobs/{job:long}/chunks", UploadAsync);
        group.MapPost("/worker/v1/jobs/{job:long}/complete", CompleteAsync);
        group.MapPost("/worker/v1/jobs/{job:long}/fail", FailAsync);
        group.MapPost("/worker/v1/jobs/{job:long}/abort", AbortAsync);
    }

    private static async Task<Ok<RegisterAnswer>> RegisterAsync(RegisterRequest request, HttpContext http, WorkerTokens tokens, IOptions<WorkerOptions> options, CancellationToken cancellationToken)
    {
        var worker = WorkerFilter.WorkerOf(http);
        await tokens.RegisterAsync(worker, request.Capabilities, request.Software, request.Hardware, cancellationToken);
        return TypedResults.Ok(new RegisterAnswer(worker.Value, options.Value.LeaseSeconds, options.Value.HeartbeatSeconds, options.Value.MaximumChunkBytes));
    }

    private static async Task<Ok<AcquireAnswer>> AcquireAsync(AcquireRequest request, HttpContext http, RunLeases leases, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AcquireAnswer(await leases.AcquireAsync(WorkerFilter.WorkerOf(http), request, cancellationToken)));

    private static async Task<Ok<HeartbeatAnswer>> HeartbeatAsync(HeartbeatRequest request, JobQueue queue, IOptions<WorkerOptions> options, CancellationToken cancellationToken)
    {
        var seconds = options.Value.LeaseSeconds;
        var statuses = await queue.HeartbeatAsync([.. request.Leases.Select(lease => (lease.JobId, lease.LeaseToken))], seconds, cancellationToken);
        return TypedResults.Ok(new HeartbeatAnswer(
        [
            .. request.Leases.Zip(statuses, (lease, status) => status switch
            {
                LeaseStatus.Held => new LeaseVerdict(lease.JobId, LeaseVerdict.Continue, seconds),
                LeaseStatus.Cancelled => new LeaseVerdict(lease.JobId, LeaseVerdict.Cancel, 0),
                LeaseStatus.Lost => new LeaseVerdict(lease.JobId, LeaseVerdict.Lost, 0),
                _ => throw new InvalidOperationException($"No verdict for {status}."),
            }),
        ]));
    }

    private static async Task<Results<Ok, ProblemHttpResult>> UploadAsync(
        long job, int attempt, int first, int count, HttpRequest request, JobQueue queue, NpgsqlDataSource database, IOptions<WorkerOptions> options, CancellationToken cancellationToken)
    {
        if (LeaseOf(request) is not { } token || await queue.FindLeaseAsync(job, token, cancellationToken) is not { } lease)
        {
            return Gone();
        }

        if (attempt != lease.Attempt || count < 1 || first < lease.FirstOrdinal || (long)first + count > (long)lease.FirstOrdinal + lease.Count)
        {
            return Unprocessable($"The lease is for attempt {lease.Attempt} and samples {lease.FirstOrdinal} to {lease.FirstOrdinal + lease.Count - 1}; this chunk is for attempt {attempt}, {count} samples from {first}.");
        }

        if (await ReadAsync(request, options.Value.MaximumChunkBytes, cancellationToken) is not { } body)
        {
            return TypedResults.Problem($"A chunk may have {options.Value.MaximumChunkBytes} bytes. Send fewer samples a chunk.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var digest = SHA256.HashData(body);
        if (!string.Equals(request.Headers[WorkerProtocol.DigestHeader], Convert.ToHexStringLower(digest), StringComparison.Ordinal))
        {
            return Unprocessable($"The body's SHA-256 is not what the {WorkerProtocol.DigestHeader} header says: it was damaged on the way. Send it again.");
        }

        if (!PackedOutputs.TryRead(body, out var outputs, out var error))
        {
            return Unprocessable($"The body is not packed outputs: {error}");
        }

        if (outputs.FirstOrdinal != first || outputs.Count != count)
        {
            return Unprocessable($"The body holds {outputs.Count} samples from {outputs.FirstOrdinal}, the address says {count} from {first}.");
        }

        return await ChunkStore.StoreOutputsAsync(database, lease, first, count, digest, body, cancellationToken) switch
        {
            ChunkStored.Stored => TypedResults.Ok(),
            ChunkStored.Conflict => TypedResults.Problem("Another chunk with this first sample is here already. A model must give the same outputs for the same inputs.", statusCode: StatusCodes.Status409Conflict),
            ChunkStored.LeaseOver => Gone(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<Results<Ok<CompleteAnswer>, ProblemHttpResult>> CompleteAsync(long job, CompleteRequest completion, HttpRequest request, JobCompletion jobs, CancellationToken cancellationToken)
    {
        if (LeaseOf(request) is not { } token)
        {
            return Gone();
        }

        return await jobs.CompleteAsync(job, token, completion, cancellationToken) switch
        {
            CompleteResult.Completed { EntryFault: null } => TypedResults.Ok(new CompleteAnswer("done", null)),
            CompleteResult.Completed { EntryFault: var reason } => TypedResults.Ok(new CompleteAnswer("failed", reason)),
            CompleteResult.Refused refused => Unprocessable(refused.Reason),
            CompleteResult.LeaseOver => Gone(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> FailAsync(
        long job, FailRequest failure, HttpRequest request, JobCompletion jobs, JobQueue queue, WorkSignal work, BoardChanges changes, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<Fault>(failure.Fault, ignoreCase: true, out var fault))
        {
            return Unprocessable("The fault is one of worker, entry and suite.");
        }

        if (LeaseOf(request) is not { } token || await queue.FindLeaseAsync(job, token, cancellationToken) is not { } lease)
        {
            return Gone();
        }

        var reason = failure.Reason.Length <= 2000 ? failure.Reason : failure.Reason[..2000];
        if (fault != Fault.Worker)
        {
            return await jobs.FailAsync(job, token, fault, reason, cancellationToken) ? TypedResults.NoContent() : Gone();
        }

        if (!await queue.FailOnWorkerAsync(job, token, reason, cancellationToken))
        {
            return Gone();
        }

        work.Wake();
        await changes.RunChangedAsync(lease.RunId, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AbortAsync(long job, HttpRequest request, JobQueue queue, WorkSignal work, CancellationToken cancellationToken)
    {
        if (LeaseOf(request) is not { } token || !await queue.AbortAsync(job, token, cancellationToken))
        {
            return Gone();
        }

        work.Wake();
        return TypedResults.NoContent();
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> DownloadAsync(string link, ArtefactLinks links, IBlobStore blobs, CancellationToken cancellationToken) =>
        await links.OpenAsync(link, cancellationToken) switch
        {
            ArtefactLink.Good good => TypedResults.Stream(blobs.Open(good.Sha256), "application/octet-stream"),
            ArtefactLink.Forged => TypedResults.Problem("This address was not made by this server.", statusCode: StatusCodes.Status403Forbidden),
            ArtefactLink.LeaseOver => Gone(),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

    private static Guid? LeaseOf(HttpRequest request) =>
        Guid.TryParse(request.Headers[WorkerProtocol.LeaseHeader], out var token) ? token : null;

    private static ProblemHttpResult Gone() =>
        TypedResults.Problem("The lease is over: the job was completed, cancelled, given back, or given to another worker. Drop it and ask for work.", statusCode: StatusCodes.Status410Gone);

    private static ProblemHttpResult Unprocessable(string reason) => TypedResults.Problem(reason, statusCode: StatusCodes.Status422UnprocessableEntity);

    /// <summary>The body, or null when it is larger than allowed: never more is held than that.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximum)
        {
            return null;
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 64 * 1024));
        var buffer = new byte[64 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > maximum)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
