using Arena.Application.Leaderboards;
using Arena.Web.Caching;
using Arena.Web.Components.Leaderboards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Arena.Web.Live;

/// <summary>The hub, and the fragment that a viewer reads again after a notice.</summary>
internal static class NoticesSetup
{
    public static void AddNotices(this IServiceCollection services) => services.AddSignalR(options =>
    {
        // a viewer says one short word
        options.MaximumReceiveMessageSize = 4096;
        options.MaximumParallelInvocationsPerClient = 1;
    });

    public static void MapNotices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<NoticeHub>(NoticeHub.Path);
        endpoints.MapGet("/leaderboards/{slug}/live", ShowAsync)
            .WithMetadata(new PublicPageAttribute("board:{slug}") { QueryKeys = "method,revision" });
    }

    private static async Task<Results<RazorComponentResult<BoardLive>, NotFound>> ShowAsync(
        string slug, string? method, LeaderboardQueries boards, PublicPageCache cache, HttpResponse response, CancellationToken cancellationToken)
    {
        var stamp = cache.StampOf(PublicPageCache.Board(slug));
        if (await boards.FindAsync(slug, version: null, cancellationToken) is not { } board)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<BoardLive>(new { Board = board, Method = method, Stamp = stamp });
    }
}
