using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Arena.Application.Workers;
using Arena.Contracts.Workers;
using Arena.Data.Ids;
using Arena.Evaluation.Tensors;

namespace Arena.Tests.Support;

/// <summary>A worker that speaks the protocol by hand, rightly or wrongly, as a test wants it.</summary>
internal sealed class TestWorker : IDisposable
{
    private TestWorker(HttpClient client, WorkerId id) => (Client, Id) = (client, id);

    public HttpClient Client { get; }

    public WorkerId Id { get; }

    public static async Task<TestWorker> StartAsync(TestArena arena, string name = "test")
    {
        var (id, token) = await arena.Get<WorkerTokens>().IssueAsync(name, CancellationToken.None);
        var client = new HttpClient { BaseAddress = arena.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        client.DefaultRequestHeaders.Add(WorkerProtocol.VersionHeader, WorkerProtocol.Version.ToString(CultureInfo.InvariantCulture));
        var worker = new TestWorker(client, id);
        using var answer = await client.PostAsJsonAsync(WorkerProtocol.RegisterPath, new RegisterRequest(WorkerProtocol.Version, ["cpu"], "test", "test"));
        answer.EnsureSuccessStatusCode();
        return worker;
    }

    public async Task<RunLease?> AcquireAsync(int maximumJobs = 32)
    {
        using var answer = await Client.PostAsJsonAsync(WorkerProtocol.AcquirePath, new AcquireRequest(["cpu"], maximumJobs, 0));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<AcquireAnswer>())!.Run;
    }

    /// <summary>Answers with a label for each sample.</summary>
    public static byte[] Pack(int first, params long[] labels) => PackedOutputs.Encode(new OutputChunk(
        first,
        labels.Length,
        [new OutputTensor("y", TensorElementType.Int64, TensorShape.Scalar, MemoryMarshal.AsBytes(labels.AsSpan()).ToArray())]));

    public Task<HttpResponseMessage> UploadAsync(JobLease job, int first, int count, byte[] body, string? digest = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, WorkerProtocol.ChunkPath(job.JobId, job.Attempt, first, count)) { Content = new ByteArrayContent(body) };
        request.Headers.Add(WorkerProtocol.LeaseHeader, job.LeaseToken.ToString());
        request.Headers.Add(WorkerProtocol.DigestHeader, digest ?? Digest(body));
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync<T>(string path, JobLease job, T body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(WorkerProtocol.LeaseHeader, job.LeaseToken.ToString());
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> CompleteAsync(JobLease job, params (int First, int Count, byte[] Body)[] chunks) => PostAsync(
        WorkerProtocol.CompletePath(job.JobId),
        job,
        new CompleteRequest(job.Attempt, [.. chunks.Select(chunk => new ChunkReference(chunk.First, chunk.Count, Digest(chunk.Body)))], 0.1));

    /// <summary>Does a job as an entry that answers each sample with what <paramref name="answer"/> says.</summary>
    public async Task DoAsync(JobLease job, Func<int, long> answer)
    {
        var body = Pack(job.FirstOrdinal, [.. Enumerable.Range(job.FirstOrdinal, job.Count).Select(answer)]);
        using var uploaded = await UploadAsync(job, job.FirstOrdinal, job.Count, body);
        uploaded.EnsureSuccessStatusCode();
        using var completed = await CompleteAsync(job, (job.FirstOrdinal, job.Count, body));
        completed.EnsureSuccessStatusCode();
    }

    public static string Digest(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    public void Dispose() => Client.Dispose();
}
