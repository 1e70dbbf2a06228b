using Arena.Application.Entries;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Entries;

/// <summary>One entry: what it is, and what each suite found out about it.</summary>
public sealed partial class EntryPage
{
    private EntryView? entry;

    [Inject]
    public required EntryQueries Entries { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string Slug { get; set; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Entries", "/entries")];

    protected override async Task OnInitializedAsync()
    {
        entry = await Entries.FindAsync(Slug, Context?.RequestAborted ?? CancellationToken.None);
        if (entry is null)
        {
            Navigation.NotFound();
        }
    }
}
