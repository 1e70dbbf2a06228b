using System.Security.Claims;
using Arena.Application.Voting;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Arena.Web.Voting;

/// <summary>An arena's ballots as JSON lines, for its maintainers.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/admin/arenas/{slug}/ballots.jsonl", ExportAsync).RequireAuthorization(Policies.Maintain);

    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(string slug, ClaimsPrincipal user, EvidenceExport export, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await export.StartAsync(Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!), slug, cancellationToken) is not { } arena)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => export.WriteAsync(arena, stream, cancellationToken), "application/jsonl", $"{slug}-ballots.jsonl");
    }
}
