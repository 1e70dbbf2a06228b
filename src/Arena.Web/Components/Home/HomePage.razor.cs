using Arena.Application.Leaderboards;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Home;

/// <summary>The start page.</summary>
public sealed partial class HomePage
{
    private IReadOnlyList<LeaderboardSummary> boards = [];

    [Inject]
    public required LeaderboardQueries Boards { get; init; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override async Task OnInitializedAsync() => boards = await Boards.ListAsync(Context?.RequestAborted ?? CancellationToken.None);
}
