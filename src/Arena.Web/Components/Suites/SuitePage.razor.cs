using Arena.Application.Suites;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Suites;

/// <summary>One suite: what it holds, where it comes from, what is measured on it.</summary>
public sealed partial class SuitePage
{
    private SuiteView? suite;

    [Inject]
    public required SuiteQueries Suites { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public required string Slug { get; set; }

    [CascadingParameter]
    public HttpContext? Context { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Suites", "/suites")];

    private string Balance
    {
        get
        {
            var smallest = suite!.Classes.MinBy(part => part.Samples)!;
            var largest = suite.Classes.MaxBy(part => part.Samples)!;
            return smallest.Samples == largest.Samples
                ? $"{Text.Count(suite.Classes.Count, "class", "classes")} of {Text.Count(smallest.Samples, "sample")} each."
                : $"{Text.Count(suite.Classes.Count, "class", "classes")}, from {Text.Count(smallest.Samples, "sample")} ({smallest.Name}) to {Text.Count(largest.Samples)} ({largest.Name}).";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        suite = await Suites.FindAsync(Slug, Context?.RequestAborted ?? CancellationToken.None);
        if (suite is null)
        {
            Navigation.NotFound();
        }
    }
}
