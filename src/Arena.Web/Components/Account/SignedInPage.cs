using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Arena.Web.Components.Account;

/// <summary>A page about the account of the person who asks for it.</summary>
public abstract class SignedInPage : ComponentBase
{
    [Inject]
    public required UserManager<ArenaUser> Users { get; init; }

    [Inject]
    public required SignInManager<ArenaUser> SignIn { get; init; }

    [Inject]
    public required AccountAdministration Accounts { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    /// <summary>Null only while the person is being sent away because the account is gone.</summary>
    protected ArenaUser? Account { get; private set; }

    /// <summary>What is wrong, in sentences.</summary>
    protected string? Problem { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Account = await Users.GetUserAsync(Context.User);
        if (Account is null)
        {
            await SignIn.SignOutAsync();
            Redirects.To("/account/login");
        }
    }

    /// <summary>Makes an audited change to the account, and keeps the person signed in.</summary>
    /// <returns>Whether it was made; if not, <see cref="Problem"/> says why.</returns>
    protected async Task<bool> ChangeAsync(string action, Func<ArenaUser, Task<IdentityResult>> change)
    {
        var result = await Accounts.ChangeOwnAsync(Account!.Id, action, change, Context.RequestAborted);
        Problem = result.Problem();
        if (Problem is not null)
        {
            return false;
        }

        await SignIn.RefreshSignInAsync(Account);
        return true;
    }
}
