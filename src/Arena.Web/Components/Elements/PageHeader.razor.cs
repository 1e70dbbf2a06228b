using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Elements;

/// <summary>The heading of a page, with the way back.</summary>
public sealed partial class PageHeader
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The pages above this one, from the top.</summary>
    [Parameter]
    public IReadOnlyList<(string Title, string Href)> Trail { get; set; } = [];

    [Parameter]
    public RenderFragment? Lead { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }
}
