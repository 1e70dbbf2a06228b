using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Arena.Contracts.Workers;
using Arena.Evaluation.Tensors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Arena.Tests.Worker;

/// <summary>The server's side of the worker protocol in memory. It has no label, so a worker that needed one would fail.</summary>
internal sealed class FakeArena : IAsyncDisposable
{
    public const string Token = "the-worker-token";

    private readonly ConcurrentQueue<RunLease> queue = new();
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private WebApplication? application;

    /// <summary>Looks at a request before it is answered; a status other than null is the answer.</summary>
    public Func<HttpContext, int?> Interfere { get; set; } = _ => null;

    /// <summary>What heartbeats are answered.</summary>
    public Func<LeaseReference, string> Verdict { get; set; } = _ => LeaseVerdict.Continue;

    public int MaximumChunkBytes { get; set; } = 8 << 20;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<RegisterRequest> Registered { get; } = new();

    public ConcurrentDictionary<(long Job, int Attempt, int First), byte[]> Chunks { get; } = new();

    public ConcurrentDictionary<long, CompleteRequest> Completed { get; } = new();

    public ConcurrentDictionary<long, FailRequest> Failed { get; } = new();

    public ConcurrentDictionary<long, AbortRequest> Aborted { get; } = new();

    public static async Task<FakeArena> StartAsync()
    {
        var arena = new FakeArena();
        await arena.StartAgainAsync();
        return arena;
    }

    /// <summary>On the same port as before, with all that it knows.</summary>
    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        application = builder.Build();
        application.Use(AnswerOrPassOnAsync);
        Map(application);
        await application.StartAsync();
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref application, null) is { } running)
        {
            using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await running.StopAsync(now.Token);
            await running.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    public void Queue(RunLease lease) => queue.Enqueue(lease);

    /// <summary>A file that workers may fetch.</summary>
    public Artefact Serve(byte[] bytes)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        files[sha256] = bytes;
        return new Artefact("/files/" + sha256, sha256, bytes.Length);
    }

    /// <summary>What the worker sent for a job, in the order of its samples.</summary>
    public IReadOnlyList<OutputChunk> Outputs(long job) =>
        [.. Completed[job].Chunks.Select(chunk =>
        {
            var body = Chunks[(job, Completed[job].Attempt, chunk.FirstOrdinal)];
            Assert.Equal(chunk.Digest, Convert.ToHexStringLower(SHA256.HashData(body)));
            Assert.True(PackedOutputs.TryRead(body, out var outputs, out var error), error);
            Assert.Equal((chunk.FirstOrdinal, chunk.Count), (outputs.FirstOrdinal, outputs.Count));
            return outputs;
        })];

    private async Task AnswerOrPassOnAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (!string.Equals(context.Request.Headers.Authorization, "Bearer " + Token, StringComparison.Ordinal))
        {
            await Results.Problem(statusCode: 401).ExecuteAsync(context);
        }
        else if (!string.Equals(context.Request.Headers[WorkerProtocol.VersionHeader], "2", StringComparison.Ordinal))
        {
            await Results.Problem("no version", statusCode: 400).ExecuteAsync(context);
        }
        else if (Interfere(context) is { } status)
        {
            await Results.Problem("the test wants it so", statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["leastVersion"] = 7 }).ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    private void Map(WebApplication routes)
    {
        routes.MapPost(WorkerProtocol.RegisterPath, (RegisterRequest request) =>
        {
            Registered.Enqueue(request);
            return new RegisterAnswer(Guid.Empty, 90, 1, MaximumChunkBytes);
        });
        routes.MapPost(WorkerProtocol.AcquirePath, async (AcquireRequest request, CancellationToken gone) =>
        {
            for (var waited = 0; waited < request.WaitSeconds * 50; waited++)
            {
                if (queue.TryDequeue(out var lease))
                {
                    return new AcquireAnswer(lease);
                }

                await Task.Delay(20, gone);
            }

            return new AcquireAnswer(null);
        });
        routes.MapPost(WorkerProtocol.HeartbeatPath, (HeartbeatRequest request) =>
            new HeartbeatAnswer([.. request.Leases.Select(lease => new LeaseVerdict(lease.JobId, Verdict(lease), 90))]));
        routes.MapGet("/files/{sha256}", (string sha256) => files.TryGetValue(sha256, out var bytes) ? Results.Bytes(bytes) : Results.NotFound());
        routes.MapPut("/worker/v1/jobs/{job:long}/chunks", PutChunkAsync);
        routes.MapPost("/worker/v1/jobs/{job:long}/complete", (long job, CompleteRequest request) => Note(Completed, job, request, Results.Ok(new CompleteAnswer("done", null))));
        routes.MapPost("/worker/v1/jobs/{job:long}/fail", (long job, FailRequest request) => Note(Failed, job, request, Results.NoContent()));
        routes.MapPost("/worker/v1/jobs/{job:long}/abort", (long job, AbortRequest request) => Note(Aborted, job, request, Results.NoContent()));
    }

    private async Task<IResult> PutChunkAsync(long job, int attempt, int first, int count, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        Assert.True(Guid.TryParse(context.Request.Headers[WorkerProtocol.LeaseHeader], CultureInfo.InvariantCulture, out _));
        if (bytes.Length > MaximumChunkBytes)
        {
            return Results.Problem("too large", statusCode: 413);
        }

        if (!string.Equals(context.Request.Headers[WorkerProtocol.DigestHeader], Convert.ToHexStringLower(SHA256.HashData(bytes)), StringComparison.Ordinal)
            || !PackedOutputs.TryRead(bytes, out var chunk, out _) || chunk.FirstOrdinal != first || chunk.Count != count)
        {
            return Results.Problem("the body is not what it says", statusCode: 422);
        }

        return Chunks.GetOrAdd((job, attempt, first), bytes).AsSpan().SequenceEqual(bytes) ? Results.Ok() : Results.Problem("another chunk is there", statusCode: 409);
    }

    private static IResult Note<T>(ConcurrentDictionary<long, T> book, long job, T request, IResult answer)
    {
        book[job] = request;
        return answer;
    }
}
