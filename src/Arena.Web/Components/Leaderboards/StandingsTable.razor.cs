using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>The rows of a board by one method, with another method's figures beside them.</summary>
public sealed partial class StandingsTable
{
    private IntervalScale scale = IntervalScale.Of(Array.Empty<Standing>());
    private IReadOnlyList<int> groups = [];
    private Dictionary<string, Standing> others = [];

    [Parameter, EditorRequired]
    public required MethodStandings Method { get; set; }

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter]
    public MethodStandings? Other { get; set; }

    protected override void OnParametersSet()
    {
        scale = IntervalScale.Of(Method.Standings);
        groups = TieGroups.Of(Method.Standings);
        others = (Other?.Standings ?? []).ToDictionary(row => row.Entry, StringComparer.Ordinal);
    }

    private static string SamplesOf(Evidence evidence) => RankText.IsProvisional(evidence)
        ? Text.Count(evidence.Samples) + " of " + Text.Count(evidence.SuiteSamples, "sample")
        : Text.Count(evidence.Samples, "sample");

    private string WriteMark(double mark) => MethodText.Mark(Method.Method, Metric, mark);
}
