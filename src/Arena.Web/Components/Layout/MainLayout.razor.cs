using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Layout;

public sealed partial class MainLayout
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    // with <base href="/"> a bare #content would lead to the start page
    private string SkipTarget
    {
        get
        {
            var path = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
            var hash = path.IndexOf('#', StringComparison.Ordinal);
            return (hash < 0 ? path : path[..hash]) + "#content";
        }
    }
}
