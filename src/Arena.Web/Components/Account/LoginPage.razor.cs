using System.ComponentModel.DataAnnotations;
using Arena.Data.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Arena.Web.Components.Account;

/// <summary>Sign in by e-mail and password.</summary>
public sealed partial class LoginPage
{
    private string? problem;

    [Inject]
    public required SignInManager<ArenaUser> SignIn { get; init; }

    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [SupplyParameterFromForm]
    private LoginInput Input { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    protected override void OnInitialized() => Input ??= new LoginInput();

    private async Task SignInAsync()
    {
        var result = await SignIn.PasswordSignInAsync(Input.Email, Input.Password, Input.Remember, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            Redirects.To(ReturnUrl);
        }
        else if (result.RequiresTwoFactor)
        {
            Redirects.To($"/account/login/code?remember={(Input.Remember ? "true" : "false")}&returnUrl={Uri.EscapeDataString(ReturnUrl ?? "/")}");
        }
        else
        {
            // one sentence for every reason, so that it does not tell who has an account
            problem = "E-mail or password is wrong, or the account is locked. After five wrong passwords it is locked for 15 minutes.";
        }
    }

    private sealed class LoginInput
    {
        [Required(ErrorMessage = "Your e-mail is missing.")]
        [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Your password is missing.")]
        public string Password { get; set; } = "";

        public bool Remember { get; set; }
    }
}
