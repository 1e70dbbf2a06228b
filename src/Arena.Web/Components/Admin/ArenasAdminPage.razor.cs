using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Arena.Application.Suites;
using Arena.Application.Voting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Arena.Web.Components.Admin;

/// <summary>All arenas, and a form for another one.</summary>
public sealed partial class ArenasAdminPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly NewArena added = new();
    private IReadOnlyList<ArenaSummary>? arenas;
    private IReadOnlyList<SuiteSummary> suites = [];
    private IReadOnlyList<string> problems = [];

    [Inject]
    public required ArenaQueries Arenas { get; init; }

    [Inject]
    public required SuiteQueries Suites { get; init; }

    [Inject]
    public required ArenaAdministration Administration { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> State { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin")];

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        suites = await Suites.ListVotableAsync(closed.Token);
        added.Suite = suites.Count > 0 ? suites[0].Slug : "";
        arenas = await Arenas.ListAsync(drafts: true, closed.Token);
    }

    private async Task CreateAsync()
    {
        var actor = (await State).User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        var settings = new ArenaSettings
        {
            Title = added.Title,
            Question = "Which is better?",
            Description = "",
            SlateSize = 2,
            CrossSample = false,
            Policy = MatchPolicies.Default,
            UniformShare = 0.1,
            Reasons = [],
            AsksStrength = false,
            AsksAcceptable = false,
            CountsPrograms = false,
            PublicationDelay = TimeSpan.Zero,
        };
        switch (await Administration.CreateAsync(actor, added.Slug, added.Suite, settings, closed.Token))
        {
            case ArenaChange.Done done:
                Navigation.NavigateTo("/admin/arenas/" + done.Slug);
                break;
            case ArenaChange.Refused refused:
                problems = refused.Problems;
                break;
            default:
                problems = ["That suite is gone. Load the page again."];
                break;
        }
    }

    private sealed class NewArena
    {
        public string Suite { get; set; } = "";

        [Required(ErrorMessage = "Give the arena a title.")]
        public string Title { get; set; } = "";

        [Required(ErrorMessage = "Give it a name in addresses.")]
        public string Slug { get; set; } = "";
    }
}
