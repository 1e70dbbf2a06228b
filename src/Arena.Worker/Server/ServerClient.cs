using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Arena.Contracts.Workers;
using Arena.Worker.Hosting;

namespace Arena.Worker.Server;

/// <summary>The protocol's requests, each sent once. What may be tried again throws <see cref="ServerAwayException"/>; what ends the
/// process (the token is refused, the worker too old) throws <see cref="WorkerStopException"/>.</summary>
internal sealed class ServerClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    private readonly HttpClient http;
    private readonly Uri server;
    private readonly WorkerPace pace;

    public ServerClient(Uri server, string token, WorkerPace pace)
    {
        this.server = server;
        this.pace = pace;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the token goes to the server that was named, and nowhere else
            UseProxy = !server.IsLoopback,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // each request has its own
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add(WorkerProtocol.VersionHeader, WorkerProtocol.Version.ToString(CultureInfo.InvariantCulture));
    }

    public Task<RegisterAnswer> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken) =>
        PostAsync<RegisterRequest, RegisterAnswer>(WorkerProtocol.RegisterPath, null, request, pace.Silence, cancellationToken);

    public Task<AcquireAnswer> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken) =>
        PostAsync<AcquireRequest, AcquireAnswer>(WorkerProtocol.AcquirePath, null, request, pace.Silence + TimeSpan.FromSeconds(request.WaitSeconds), cancellationToken);

    public Task<HeartbeatAnswer> HeartbeatAsync(HeartbeatRequest request, CancellationToken cancellationToken) =>
        PostAsync<HeartbeatRequest, HeartbeatAnswer>(WorkerProtocol.HeartbeatPath, null, request, pace.Silence, cancellationToken);

    public Task<CompleteAnswer> CompleteAsync(JobLease job, CompleteRequest request, CancellationToken cancellationToken) =>
        PostAsync<CompleteRequest, CompleteAnswer>(WorkerProtocol.CompletePath(job.JobId), job, request, pace.Silence, cancellationToken);

    public Task FailAsync(JobLease job, FailRequest request, CancellationToken cancellationToken) =>
        PostAsync(WorkerProtocol.FailPath(job.JobId), job, request, cancellationToken);

    public Task AbortAsync(JobLease job, CancellationToken cancellationToken) =>
        PostAsync(WorkerProtocol.AbortPath(job.JobId), job, new AbortRequest(job.Attempt), cancellationToken);

    /// <summary>Stores one chunk; the same chunk again is fine.</summary>
    /// <param name="body">Packed outputs. Must stay as it is until the call ends.</param>
    public async Task PutChunkAsync(JobLease job, ChunkReference chunk, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = Request(HttpMethod.Put, WorkerProtocol.ChunkPath(job.JobId, job.Attempt, chunk.FirstOrdinal, chunk.Count), job, content);
        request.Headers.Add(WorkerProtocol.DigestHeader, chunk.Digest);
        using var answer = await SendAsync(request, pace.Silence, cancellationToken);
    }

    /// <summary>Copies an artefact's bytes to <paramref name="destination"/>, no more than announced. What they hash to is the caller's to check.</summary>
    public async Task FetchAsync(Artefact artefact, Stream destination, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, artefact.Url, null, null);
        using var answer = await SendAsync(request, pace.Silence, cancellationToken);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buffer = new byte[128 * 1024];
        await using var source = await answer.Content.ReadAsStreamAsync(cancellationToken);
        long total = 0;
        while (true)
        {
            int read;
            try
            {
                silence.CancelAfter(pace.Silence);
                read = await source.ReadAsync(buffer, silence.Token);
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new ServerAwayException("The connection broke while a file was being fetched.", isServerError: false, inner: broken);
            }

            if (read == 0)
            {
                return;
            }

            total += read;
            if (total > artefact.Size)
            {
                throw new ServerRefusalException(answer.StatusCode, $"The server sent more than the {artefact.Size} bytes that it had announced.");
            }

            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, JobLease? job, TBody body, TimeSpan limit, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var request = Request(HttpMethod.Post, path, job, JsonContent.Create(body, options: Json));
        using var answer = await SendAsync(request, limit, cancellationToken);
        try
        {
            return await answer.Content.ReadFromJsonAsync<TAnswer>(Json, cancellationToken)
                ?? throw new ServerRefusalException(answer.StatusCode, $"{server} answered {path} with nothing. Update the worker or the server, whichever is older.");
        }
        catch (JsonException e)
        {
            throw new ServerRefusalException(answer.StatusCode, $"{server} answered {path} with something that is no answer of Arena's ({e.Message}). Is the address right?");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new ServerAwayException("The connection broke within an answer.", isServerError: false, inner: broken);
        }
    }

    private async Task PostAsync<TBody>(string path, JobLease job, TBody body, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, path, job, JsonContent.Create(body, options: Json));
        using var answer = await SendAsync(request, pace.Silence, cancellationToken);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JobLease? job, HttpContent? content)
    {
        // "@elsewhere/…" would carry the token away
        if (!path.StartsWith('/'))
        {
            throw new ServerRefusalException(HttpStatusCode.BadRequest, "The server gave the address of a file that does not lie on the server.");
        }

        var request = new HttpRequestMessage(method, new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path)) { Content = content };
        if (job is not null)
        {
            request.Headers.Add(WorkerProtocol.LeaseHeader, job.LeaseToken.ToString());
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(limit);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timed.Token);
            if (answer.IsSuccessStatusCode)
            {
                var good = answer;
                answer = null;
                return good;
            }

            throw await ServerRefusals.ToExceptionAsync(server, answer, timed.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerAwayException($"{server} did not answer within {limit.TotalSeconds:0} seconds.", isServerError: false);
        }
        catch (HttpRequestException e)
        {
            throw new ServerAwayException($"{server} cannot be reached: {e.Message.TrimEnd('.')}.", isServerError: false, inner: e);
        }
        finally
        {
            answer?.Dispose();
        }
    }
}
