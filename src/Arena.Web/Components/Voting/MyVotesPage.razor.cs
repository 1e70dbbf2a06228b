using Arena.Application.Voting;
using Arena.Data.Voting;
using Arena.Web.Voting;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Voting;

/// <summary>A voter's own ballots.</summary>
public sealed partial class MyVotesPage
{
    private const int Shown = 200;

    private IReadOnlyList<OwnBallot> ballots = [];
    private IReadOnlyList<PersonalBoard> boards = [];
    private int total;
    private long? forgotten;
    private VoterIdentity? voter;

    [Inject]
    public required VoterBallots Own { get; init; }

    [Inject]
    public required PersonalBoards Boards { get; init; }

    [Inject]
    public required VoterForgetting Forgetting { get; init; }

    [Inject]
    internal VoterCookie Cookies { get; init; } = null!;

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Vote", "/arenas")];

    private bool IsAccount => voter is { Kind: VoterKind.Account };

    protected override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        voter = Cookies.Read(Context);
        if (voter is { } known)
        {
            total = await Own.CountAsync(known, Context.RequestAborted);
            ballots = await Own.ListAsync(known, Shown, Context.RequestAborted);
            boards = await Boards.ListAsync(known, Context.RequestAborted);
        }
    }

    private async Task ForgetAsync()
    {
        if (voter is { } known)
        {
            forgotten = await Forgetting.ForgetAsync(known, Context.RequestAborted);
            VoterCookie.Remove(Context);
            ballots = [];
        }
    }
}
