using Arena.Application.Entries;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Entries;

/// <summary>All entries.</summary>
public sealed partial class EntriesPage
{
    private IReadOnlyList<EntrySummary> entries = [];

    [Inject]
    public required EntryQueries Entries { get; init; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override async Task OnInitializedAsync() => entries = await Entries.ListAsync(Context?.RequestAborted ?? CancellationToken.None);
}
