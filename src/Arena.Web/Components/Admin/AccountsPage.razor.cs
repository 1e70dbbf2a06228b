using System.Security.Claims;
using Arena.Application.Accounts;
using Arena.Web.Components.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Arena.Web.Components.Admin;

/// <summary>Who has an account, and what each may do.</summary>
public sealed partial class AccountsPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<AccountSummary>? accounts;
    private (string Email, string Link)? reset;
    private string? problem;
    private string? done;
    private bool busy;
    private Guid me;

    // a box that was refused must fall back: a new key makes it anew
    private int shown;

    [Inject]
    public required IServiceScopeFactory Scopes { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    public required Task<AuthenticationState> State { get; set; }

    private static IReadOnlyList<(string, string)> Trail => [("Administration", "/admin")];

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        me = Guid.Parse((await State).User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        await UseAsync(async administration => accounts = await administration.ListAsync(closed.Token));
    }

    private Task SetRoleAsync(AccountSummary account, string role, bool has) =>
        ChangeAsync($"{account.Email} {(has ? "is" : "is no longer")} {role}.", administration => administration.SetRoleAsync(me, account.Id, role, has, closed.Token));

    private Task SetLockedAsync(AccountSummary account) =>
        ChangeAsync($"{account.Email} is {(account.LockedUntil is null ? "locked" : "no longer locked")}.", administration => administration.SetLockedAsync(me, account.Id, account.LockedUntil is null, closed.Token));

    private Task MakeResetLinkAsync(AccountSummary account) => UseAsync(async administration =>
    {
        problem = null;
        var code = await administration.MakeResetCodeAsync(me, account.Id, closed.Token);
        reset = code is null ? null : (account.Email, Navigation.BaseUri + "account/reset-password#" + code);
        problem = code is null ? "This account does not exist any more." : null;
    });

    private Task ChangeAsync(string success, Func<AccountAdministration, Task<AccountChange>> change) => UseAsync(async administration =>
    {
        problem = (await change(administration)).Problem();
        done = problem is null ? success : null;
        accounts = await administration.ListAsync(closed.Token);
        shown++;
    });

    // a circuit lives long: one context an operation
    private async Task UseAsync(Func<AccountAdministration, Task> use)
    {
        busy = true;
        try
        {
            await using var scope = Scopes.CreateAsyncScope();
            await use(scope.ServiceProvider.GetRequiredService<AccountAdministration>());
        }
        finally
        {
            busy = false;
        }
    }
}
