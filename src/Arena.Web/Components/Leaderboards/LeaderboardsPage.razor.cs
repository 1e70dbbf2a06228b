using Arena.Application.Leaderboards;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>All leaderboards.</summary>
public sealed partial class LeaderboardsPage
{
    private IReadOnlyList<LeaderboardSummary> boards = [];

    [Inject]
    public required LeaderboardQueries Boards { get; init; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override async Task OnInitializedAsync() => boards = await Boards.ListAsync(Context?.RequestAborted ?? CancellationToken.None);
}
