using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Arena.Web.Components.Elements;

/// <summary>The marks of a scale, written above its column. In C#, because Razor has a meaning of its own for SVG's text element.</summary>
public sealed class IntervalAxis : ComponentBase
{
    [Parameter, EditorRequired]
    public required IntervalScale Scale { get; set; }

    /// <summary>How a mark is written.</summary>
    [Parameter, EditorRequired]
    public required Func<double, string> Write { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", "interval-axis");
        builder.AddAttribute(2, "width", "100%");
        builder.AddAttribute(3, "height", "14");
        builder.AddAttribute(4, "aria-hidden", "true");
        foreach (var mark in Scale.Marks)
        {
            builder.OpenElement(5, "text");
            builder.AddAttribute(6, "x", Text.Coordinate(Scale.Position(mark)) + "%");
            builder.AddAttribute(7, "y", "11");
            builder.AddAttribute(8, "text-anchor", "middle");
            builder.AddContent(9, Write(mark));
            builder.CloseElement();
        }

        builder.CloseElement();
    }
}
