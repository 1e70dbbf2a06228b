using Arena.Application.Suites;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Suites;

/// <summary>All suites.</summary>
public sealed partial class SuitesPage
{
    private IReadOnlyList<SuiteSummary> suites = [];

    [Inject]
    public required SuiteQueries Suites { get; init; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    protected override async Task OnInitializedAsync() => suites = await Suites.ListAsync(Context?.RequestAborted ?? CancellationToken.None);
}
