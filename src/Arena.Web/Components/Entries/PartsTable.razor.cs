using Arena.Application.Entries;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Entries;

/// <summary>The metric over the parts of a suite, on one scale.</summary>
public sealed partial class PartsTable
{
    private IntervalScale scale = IntervalScale.Of(Array.Empty<(double, double)>());

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What a part is called, in the singular.</summary>
    [Parameter, EditorRequired]
    public required string Of { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PartResult> Parts { get; set; }

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    protected override void OnParametersSet() => scale = IntervalScale.Of(Parts.Select(part => (part.Low, part.High)));

    private string WriteMark(double mark) => MethodText.Mark(MethodText.Mean, Metric, mark);
}
