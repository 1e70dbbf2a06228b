using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Arena.Cli.Hosting;
using Arena.Contracts.Suites;
using Arena.Contracts.Voting;

namespace Arena.Cli.Server;

/// <summary>Requests to a server in an operator's name. What goes wrong is a <see cref="CliException"/> with a sentence.</summary>
internal sealed class ArenaClient : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri server;

    public ArenaClient(Uri server, string token)
    {
        this.server = server;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !server.IsLoopback, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            Timeout = TimeSpan.FromMinutes(10), // a suite may be large and the line slow
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Sends a packed suite.</summary>
    public async Task<SuiteImportResult> ImportAsync(Stream zip, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var answer = await PostAsync(SuiteImport.Path, content, cancellationToken);
        try
        {
            return answer.StatusCode switch
            {
                HttpStatusCode.UnprocessableEntity => new SuiteImportResult.Refused((await answer.Content.ReadFromJsonAsync<SuiteRefusal>(cancellationToken))?.Problems ?? []),
                _ when answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<SuiteImportAnswer>(cancellationToken) is { Slug: not null } imported => new SuiteImportResult.Imported(imported),
                var status => throw new CliException(await ExplainAsync(status, answer, cancellationToken)),
            };
        }
        catch (JsonException)
        {
            throw new CliException($"What answers at {server} is no Arena. Give its address with --server.");
        }
    }

    /// <summary>Sends a batch of recorded votes.</summary>
    public async Task<VoteReplayResult> ReplayAsync(VoteReplay replay, CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(replay);
        using var answer = await PostAsync(VoteReplay.Path, content, cancellationToken);
        try
        {
            return answer.StatusCode switch
            {
                HttpStatusCode.UnprocessableEntity => new VoteReplayResult.Refused((await answer.Content.ReadFromJsonAsync<VoteReplayRefusal>(cancellationToken))?.Problems ?? []),
                _ when answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync<VoteReplayAnswer>(cancellationToken) is { } stored => new VoteReplayResult.Stored(stored),
                var status => throw new CliException(await ExplainAsync(status, answer, cancellationToken)),
            };
        }
        catch (JsonException)
        {
            throw new CliException($"What answers at {server} is no Arena. Give its address with --server.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            return await http.PostAsync(new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + path), content, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TimedOut })
        {
            throw new CliException($"No Arena answers at {server}. Start it with ./arena run, or give --server.");
        }
        catch (HttpRequestException e)
        {
            throw new CliException($"{server} cannot be reached: {e.Message.TrimEnd('.')}.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"{server} did not answer within {http.Timeout.TotalMinutes:0} minutes. Is it busy, or the line slow? Sending the same again is safe.");
        }
    }

    private async Task<string> ExplainAsync(HttpStatusCode status, HttpResponseMessage answer, CancellationToken cancellationToken) => status switch
    {
        HttpStatusCode.Unauthorized => $"{server} does not accept this token. It is written anew at each start: give the operator.token of the data folder that this server runs on.",
        HttpStatusCode.Forbidden => $"This token may not do that on {server}; it takes an operator's or a maintainer's.",
        HttpStatusCode.RequestEntityTooLarge => $"This is larger than {server} accepts. Make it smaller.",
        HttpStatusCode.NotFound => $"What answers at {server} is no Arena, or one too old for this. Give its address with --server.",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => $"{server} sends its visitors on to {answer.Headers.Location}. Give that address with --server.",
        _ => $"{server} answered {(int)status}{await DetailAsync(answer, cancellationToken)}",
    };

    private static async Task<string> DetailAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return ".";
        }

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        foreach (var name in (string[])["detail", "title"])
        {
            if (problem.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
            {
                return ": " + text.GetString();
            }
        }

        return ".";
    }
}
