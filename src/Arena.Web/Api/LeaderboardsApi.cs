using System.Globalization;
using System.Text.Json;
using Arena.Application.Leaderboards;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Arena.Web.Api;

/// <summary>The leaderboards for programs: the same numbers as on the pages.</summary>
internal static class LeaderboardsApi
{
    private static readonly JsonSerializerOptions SnakeCase = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapLeaderboardsApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/leaderboards").WithTags("Leaderboards");
        group.MapGet("", ListAsync).WithSummary("Every leaderboard").Produces<LeaderboardSummaryJson[]>();
        group.MapGet("/{slug}", ShowAsync).WithSummary("One leaderboard: a version of its standings, by a method").Produces<LeaderboardJson>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    internal static StandingJson Row(Standing standing) => new(
        standing.Entry, standing.EntryName, standing.EntryVersion, standing.Rating, Finite(standing.Low), Finite(standing.High), standing.RankLow, standing.RankHigh,
        new EvidenceJson(standing.Evidence.Votes?.Samples ?? standing.Evidence.Samples, standing.Evidence.Discordant, standing.Evidence.SuiteSamples, standing.Evidence.Votes?.Ballots, standing.Evidence.Votes?.Voters));

    /// <summary>Where no interval can be made its ends are infinite, which JSON has no number for.</summary>
    private static double? Finite(double end) => double.IsFinite(end) ? end : null;

    private static async Task<JsonHttpResult<LeaderboardSummaryJson[]>> ListAsync(LeaderboardQueries boards, CancellationToken cancellationToken)
    {
        var list = await boards.ListAsync(cancellationToken);
        return TypedResults.Json<LeaderboardSummaryJson[]>(
            [.. list.Select(board => new LeaderboardSummaryJson(
                board.Slug, board.Title, board.SuiteTitle, board.Metric, board.Version, board.AsOf, board.Entries, board.Samples,
                board.Leader is { } leader ? Row(leader) : null, board.RunsWaiting, "/api/v1/leaderboards/" + board.Slug))],
            SnakeCase);
    }

    private static async Task<Results<JsonHttpResult<LeaderboardJson>, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(
        string slug, long? version, string? method, LeaderboardQueries boards, HttpContext context, CancellationToken cancellationToken)
    {
        if (await boards.FindAsync(slug, version, cancellationToken) is not { } board)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such leaderboard.", detail: version is null
                ? $"No leaderboard is called '{slug}'. GET /api/v1/leaderboards lists them."
                : $"There is no leaderboard '{slug}', or it has no version {version.Value.ToString(CultureInfo.InvariantCulture)} (old versions are thinned out). Leave out 'version' for the newest.");
        }

        var methods = board.Content?.Methods ?? [];
        var shown = method is null ? (methods is [var leading, ..] ? leading : null) : methods.FirstOrDefault(each => string.Equals(each.Method, method, StringComparison.Ordinal));
        if (shown is null && method is not null && methods.Count > 0)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: "There is no such method.",
                detail: $"'{method}' is not a method of this leaderboard. It has: {string.Join(", ", methods.Select(each => each.Method))}.");
        }

        // a version never changes, but the newest one's number does
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{board.Version}-{board.NewestVersion}\""));
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(tag, useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return TypedResults.Json(Write(board, shown), SnakeCase);
    }

    private static LeaderboardJson Write(LeaderboardView board, MethodStandings? shown) => new(
        board.Slug,
        board.Title,
        new SuiteJson(board.Suite, board.SuiteTitle, board.SuiteVersion, board.Content?.Samples, board.Content?.DiscordantSamples),
        board.Metric,
        board.Version,
        board.NewestVersion,
        board.AsOf,
        board.Content?.Confidence,
        shown?.Method,
        [.. (shown?.Standings ?? []).Select(Row)],
        [.. (board.Content?.Methods ?? []).Select(each => new MethodJson(each.Method, each.PairsNotSeparated, each.Diagnosis, [.. each.Standings.Select(Row)]))]);
}
