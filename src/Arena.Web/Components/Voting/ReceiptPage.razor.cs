using Arena.Application.Voting;
using Arena.Data.Ids;
using Arena.Web.Voting;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Voting;

/// <summary>What became of one ballot; for whoever cast it.</summary>
public sealed partial class ReceiptPage
{
    private OwnBallot? ballot;

    [Inject]
    public required VoterBallots Own { get; init; }

    [Inject]
    internal VoterCookie Cookies { get; init; } = null!;

    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Vote", "/arenas"), ("My votes", "/my/votes")];

    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        if (Cookies.Read(Context) is { } voter)
        {
            ballot = await Own.FindAsync(voter, new BattleId(Id), Context.RequestAborted);
        }
    }
}
