using Arena.Application.Leaderboards;
using Arena.Web.Presentation;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Leaderboards;

/// <summary>How far the runs behind a board are, and why some failed.</summary>
public sealed partial class RunsProgress
{
    private ProgressSummary summary = ProgressSummary.Of([]);
    private IReadOnlyList<RunProgress> ordered = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<RunProgress> Runs { get; set; }

    protected override void OnParametersSet()
    {
        summary = ProgressSummary.Of(Runs);
        // what needs somebody's eye comes first, what is done last
        ordered = [.. Runs.OrderBy(run => Order(run.State)).ThenBy(run => run.EntryName, StringComparer.Ordinal)];
    }

    internal static string? FailureOf(RunProgress run)
    {
        if (run.FailureReason is not { } reason)
        {
            return null;
        }

        var fault = run.FailureFault?.ToUpperInvariant() switch
        {
            "WORKER" => " The fault is the worker's, not the entry's.",
            "ENTRY" => " The fault is the entry's.",
            "SUITE" => " The fault is the suite's, not the entry's.",
            _ => "",
        };
        return reason.TrimEnd() + (reason.TrimEnd().EndsWith('.') ? "" : ".") + fault;
    }

    private static int Order(string state) => state.ToUpperInvariant() switch
    {
        "FAILED" => 0,
        "RUNNING" => 1,
        "QUEUED" => 2,
        "CANCELLED" => 3,
        _ => 4,
    };
}
