using Arena.Application.Leaderboards;
using Arena.Web.Caching;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>A leaderboard: the newest version, live, or an older one as it was.</summary>
public sealed partial class LeaderboardPage
{
    private LeaderboardView? board;
    private string stamp = "";

    [Inject]
    public required LeaderboardQueries Boards { get; init; }

    [Inject]
    public required PublicPageCache Cache { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string Slug { get; set; }

    [SupplyParameterFromQuery]
    public string? Method { get; set; }

    [SupplyParameterFromQuery]
    public long? Version { get; set; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    private bool IsOld => board is { } shown && shown.Version < shown.NewestVersion;

    private string Path => "/leaderboards/" + Slug;

    private string FragmentPath => Path + "/live" + (Method is null ? "" : "?method=" + Uri.EscapeDataString(Method));

    private static IReadOnlyList<(string, string)> Trail => [("Leaderboards", "/leaderboards")];

    protected override async Task OnInitializedAsync()
    {
        // the stamp first: the viewer must not take older data for current
        stamp = Cache.StampOf(PublicPageCache.Board(Slug));
        board = await Boards.FindAsync(Slug, Version, Context?.RequestAborted ?? CancellationToken.None);
        if (board is null)
        {
            Navigation.NotFound();
        }
    }
}
