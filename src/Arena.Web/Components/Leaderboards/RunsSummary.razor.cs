using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>How far the runs behind a board are, together.</summary>
public sealed partial class RunsSummary
{
    private ProgressSummary summary = ProgressSummary.Of([]);

    [Parameter, EditorRequired]
    public required IReadOnlyList<RunProgress> Runs { get; set; }

    protected override void OnParametersSet() => summary = ProgressSummary.Of(Runs);
}
