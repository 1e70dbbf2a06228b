using Arena.Application.Trust;
using Arena.Data.Audit;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Admin;

/// <summary>The audit log, newest first.</summary>
public sealed partial class AuditPage : IDisposable
{
    private const int Step = 200;

    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<AuditEvent>? events;
    private string filter = "";

    [Inject]
    public required AuditLog Audit { get; init; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin")];

    private int Most { get; set; } = Step;

    private List<AuditEvent> Shown =>
        [.. (events ?? []).Where(line => filter.Length == 0 || Array.Exists([line.Actor, line.Action, line.Subject, line.Details], text => text.Contains(filter, StringComparison.OrdinalIgnoreCase)))];

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync() => events = await Audit.NewestAsync(Most, closed.Token);

    private async Task ShowMoreAsync()
    {
        Most += Step;
        events = await Audit.NewestAsync(Most, closed.Token);
    }
}
