using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>Change the password.</summary>
public sealed partial class PasswordPage
{
    [SupplyParameterFromForm]
    private PasswordInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new PasswordInput();
        await base.OnInitializedAsync();
    }

    private async Task SaveAsync()
    {
        if (await ChangeAsync("account.password-changed", user => Users.ChangePasswordAsync(user, Input.Current, Input.Password)))
        {
            Redirects.To("/account", "Your password is changed.", Context);
        }
    }

    private sealed class PasswordInput : NewPasswordInput
    {
        [Required(ErrorMessage = "Your password is missing.")]
        public string Current { get; set; } = "";
    }
}
