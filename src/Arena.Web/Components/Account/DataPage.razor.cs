using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>Download what is stored, or delete the account.</summary>
public sealed partial class DataPage
{
    [SupplyParameterFromForm]
    private DeleteInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new DeleteInput();
        await base.OnInitializedAsync();
    }

    private async Task DeleteAsync()
    {
        if (!await Users.CheckPasswordAsync(Account!, Input.Password))
        {
            Problem = "The password is wrong. Nothing was deleted.";
            return;
        }

        Problem = (await Accounts.DeleteAsync(Account!.Id, Account.Id, Context.RequestAborted)).Problem();
        if (Problem is null)
        {
            await SignIn.SignOutAsync();
            Redirects.To("/account/login", "Your account is deleted.", Context);
        }
    }

    private sealed class DeleteInput
    {
        [Required(ErrorMessage = "Your password is missing.")]
        public string Password { get; set; } = "";
    }
}
