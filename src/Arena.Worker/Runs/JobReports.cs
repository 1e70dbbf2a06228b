using Arena.Contracts.Workers;
using Arena.Worker.Server;

namespace Arena.Worker.Runs;

/// <summary>What the server is told about a job, repeated until it has heard it.</summary>
internal sealed class JobReports(ServerClient client, Retry retry)
{
    private const int MostReason = 2000;

    public Task PutChunkAsync(JobLease job, ChunkReference chunk, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        UntilAnsweredAsync("upload", token => client.PutChunkAsync(job, chunk, body, token), cancellationToken);

    public Task<CompleteAnswer> CompleteAsync(JobLease job, CompleteRequest request, CancellationToken cancellationToken) =>
        retry.UntilAnsweredAsync("completion", token => client.CompleteAsync(job, request, token), cancellationToken);

    public Task FailAsync(JobLease job, string fault, string reason, CancellationToken cancellationToken) =>
        UntilAnsweredAsync("report of a failure", token => client.FailAsync(job, new FailRequest(job.Attempt, fault, reason.Length > MostReason ? reason[..MostReason] : reason), token), cancellationToken);

    public Task AbortAsync(JobLease job, CancellationToken cancellationToken) =>
        UntilAnsweredAsync("giving a job back", token => client.AbortAsync(job, token), cancellationToken);

    private Task<bool> UntilAnsweredAsync(string what, Func<CancellationToken, Task> attempt, CancellationToken cancellationToken) =>
        retry.UntilAnsweredAsync(
            what,
            async token =>
            {
                await attempt(token);
                return true;
            },
            cancellationToken);
}
