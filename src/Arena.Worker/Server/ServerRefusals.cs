using System.Globalization;
using System.Net;
using System.Text.Json;
using Arena.Contracts.Workers;
using Arena.Worker.Hosting;

namespace Arena.Worker.Server;

/// <summary>What an answer other than success means.</summary>
internal static class ServerRefusals
{
    private const int MostDetail = 1000;

    /// <summary>The exception that says it.</summary>
    public static async Task<Exception> ToExceptionAsync(Uri server, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var (detail, leastVersion) = await ReadProblemAsync(answer, cancellationToken);
        var path = answer.RequestMessage!.RequestUri!.AbsolutePath;
        var status = (int)answer.StatusCode;
        var said = detail.Length > 0 ? $": {detail}" : ".";
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new WorkerStopException(WorkerExitCode.TokenRefused, $"{server} does not know this worker's token: it is wrong, revoked or of another server. Have the server's administrator make a new one."),
            HttpStatusCode.UpgradeRequired => new WorkerStopException(WorkerExitCode.TooOld, $"This worker is too old for {server}: it speaks version {WorkerProtocol.Version} of the protocol, and {leastVersion?.ToString(CultureInfo.InvariantCulture) ?? "a later one"} is the oldest that is understood. Update the worker."),
            HttpStatusCode.Gone => new LeaseOverException(),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new ServerAwayException($"{server} is not ready ({status}).", isServerError: false, answer.Headers.RetryAfter?.Delta),
            >= HttpStatusCode.InternalServerError => new ServerAwayException($"{server} answered {path} with {status}{said}", isServerError: true),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new ServerRefusalException(answer.StatusCode, $"{server} sends its visitors on to {answer.Headers.Location}. Give that address with --server."),
            _ => new ServerRefusalException(answer.StatusCode, $"{server} answered {path} with {status}{said}"),
        };
    }

    private static async Task<(string Detail, int? LeastVersion)> ReadProblemAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return ("", null);
        }

        try
        {
            await answer.Content.LoadIntoBufferAsync(64 * 1024, cancellationToken);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            if (problem.RootElement.ValueKind != JsonValueKind.Object)
            {
                return ("", null);
            }

            var detail = Text(problem.RootElement, "detail") ?? Text(problem.RootElement, "title") ?? "";
            int? least = problem.RootElement.TryGetProperty("leastVersion", out var version) && version.TryGetInt32(out var number) ? number : null;
            return (detail.Length > MostDetail ? detail[..MostDetail] : detail, least);
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException or InvalidOperationException)
        {
            return ("", null); // the status says enough
        }
    }

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
