using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>Change the e-mail address, which is also the name for signing in.</summary>
public sealed partial class EmailPage
{
    [SupplyParameterFromForm]
    private EmailInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new EmailInput();
        await base.OnInitializedAsync();
    }

    private async Task SaveAsync()
    {
        if (!await Users.CheckPasswordAsync(Account!, Input.Password))
        {
            Problem = "The password is wrong.";
            return;
        }

        var changed = await ChangeAsync("account.email-changed", async user =>
        {
            var named = await Users.SetUserNameAsync(user, Input.Email);
            return named.Succeeded ? await Users.SetEmailAsync(user, Input.Email) : named;
        });
        if (changed)
        {
            Redirects.To("/account", "Your e-mail is changed.", Context);
        }
    }

    private sealed class EmailInput
    {
        [Required(ErrorMessage = "The e-mail is missing.")]
        [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
        [StringLength(200, ErrorMessage = "That is too long for an e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Your password is missing.")]
        public string Password { get; set; } = "";
    }
}
