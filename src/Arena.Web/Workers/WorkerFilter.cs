using System.Globalization;
using Arena.Application.Workers;
using Arena.Contracts.Workers;
using Arena.Data.Ids;

namespace Arena.Web.Workers;

/// <summary>Lets in whoever speaks a known protocol version and holds a worker's token.</summary>
internal sealed class WorkerFilter(WorkerTokens tokens) : IEndpointFilter
{
    private static readonly object Key = new();

    public static WorkerId WorkerOf(HttpContext context) => (WorkerId)context.Items[Key]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!int.TryParse(http.Request.Headers[WorkerProtocol.VersionHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version < WorkerProtocol.LeastVersion)
        {
            return TypedResults.Problem(
                $"This server speaks worker protocol {WorkerProtocol.LeastVersion} to {WorkerProtocol.Version}. Update the worker to the server's version.",
                statusCode: StatusCodes.Status426UpgradeRequired,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["leastVersion"] = WorkerProtocol.LeastVersion });
        }

        var authorization = http.Request.Headers.Authorization.ToString();
        const string Bearer = "Bearer ";
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || await tokens.FindAsync(authorization[Bearer.Length..].Trim(), http.RequestAborted) is not { } worker)
        {
            return TypedResults.Problem(
                $"The worker's token is missing, wrong or revoked. Set {WorkerProtocol.TokenVariable} or {WorkerProtocol.TokenFileVariable} to a token that this server gave out.",
                statusCode: StatusCodes.Status401Unauthorized);
        }

        http.Items[Key] = worker;
        return await next(context);
    }
}
