using System.ComponentModel.DataAnnotations;
using Arena.Data.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Arena.Web.Components.Account;

/// <summary>The second step of signing in: a code of the authenticator app, or a recovery code.</summary>
public sealed partial class LoginCodePage
{
    private string? problem;

    [Inject]
    public required SignInManager<ArenaUser> SignIn { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [SupplyParameterFromForm]
    private CodeInput Input { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private bool Remember { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeInput();
        if (await SignIn.GetTwoFactorAuthenticationUserAsync() is null)
        {
            // the password step is missing or too long ago
            Redirects.To("/account/login");
        }
    }

    private async Task SignInAsync()
    {
        var code = Input.Code.Replace(" ", "", StringComparison.Ordinal);
        var digits = code.Replace("-", "", StringComparison.Ordinal);
        var result = digits.Length == 6 && digits.All(char.IsAsciiDigit)
            ? await SignIn.TwoFactorAuthenticatorSignInAsync(digits, Remember, Input.RememberBrowser)
            : await SignIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (result.Succeeded)
        {
            Redirects.To(ReturnUrl);
        }
        else
        {
            problem = result.IsLockedOut
                ? "Too many wrong codes: the account is locked for 15 minutes."
                : "That code is wrong or too old. Take the one that the app shows now.";
        }
    }

    private sealed class CodeInput
    {
        [Required(ErrorMessage = "The code is missing.")]
        [StringLength(20, ErrorMessage = "That is too long for a code.")]
        public string Code { get; set; } = "";

        public bool RememberBrowser { get; set; }
    }
}
