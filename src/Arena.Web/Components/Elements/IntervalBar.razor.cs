using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Elements;

/// <summary>A value and its interval on the scale of its table.</summary>
public sealed partial class IntervalBar
{
    [Parameter, EditorRequired]
    public required IntervalScale Scale { get; set; }

    [Parameter, EditorRequired]
    public double Value { get; set; }

    [Parameter, EditorRequired]
    public double Low { get; set; }

    [Parameter, EditorRequired]
    public double High { get; set; }

    private string At(double value) => Text.Coordinate(Scale.Position(value)) + "%";
}
