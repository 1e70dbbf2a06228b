using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Voting;

/// <summary>Every arena that is or was open.</summary>
public sealed partial class ArenasPage
{
    private IReadOnlyList<Arena.Application.Voting.ArenaSummary> arenas = [];

    [Inject]
    public required Arena.Application.Voting.ArenaQueries Arenas { get; init; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override async Task OnInitializedAsync() => arenas = await Arenas.ListAsync(drafts: false, Context?.RequestAborted ?? CancellationToken.None);
}
