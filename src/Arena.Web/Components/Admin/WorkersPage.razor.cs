using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using Arena.Application.Workers;
using Arena.Data.Ids;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Arena.Web.Components.Admin;

/// <summary>The board of workers; reads again every few seconds while it is open.</summary>
public sealed partial class WorkersPage : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource closed = new();
    private readonly NewWorker added = new();
    private IReadOnlyList<WorkerView>? workers;
    private string? token;
    private bool busy;

    [Inject]
    public required WorkerQueries Workers { get; init; }

    [Inject]
    public required WorkerAdministration Administration { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> State { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin")];

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync() => workers = await Workers.ListAsync(closed.Token);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = FollowAsync(closed.Token);
        }
    }

    private Task AddAsync() => ChangeAsync(async actor =>
    {
        token = await Administration.AddAsync(actor, added.Name.Trim(), closed.Token);
        added.Name = "";
    });

    private Task RevokeAsync(WorkerView worker) => ChangeAsync(actor => Administration.RevokeAsync(actor, new WorkerId(worker.Id), closed.Token));

    private async Task ChangeAsync(Func<string, Task> change)
    {
        busy = true;
        try
        {
            await change((await State).User.FindFirstValue(ClaimTypes.NameIdentifier)!);
            workers = await Workers.ListAsync(closed.Token);
        }
        finally
        {
            busy = false;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, Clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                workers = await Workers.ListAsync(cancellationToken);
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the page was closed
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private static string ToneOf(string state) => state switch
    {
        "online" => "good",
        "silent" or "expected" => "warn",
        "revoked" => "bad",
        _ => "",
    };

    private string AgoOf(DateTimeOffset seen)
    {
        var ago = Clock.GetUtcNow() - seen;
        return ago.TotalSeconds switch
        {
            < 2 => "now",
            < 90 => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalSeconds:0} s ago"),
            < 5400 => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalMinutes:0} min ago"),
            < 172_800 => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalHours:0} h ago"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalDays:0} days ago"),
        };
    }

    private sealed class NewWorker
    {
        [Required(ErrorMessage = "Give the worker a name.")]
        [StringLength(100, ErrorMessage = "At most a hundred characters.")]
        public string Name { get; set; } = "";
    }
}
