using System.ComponentModel.DataAnnotations;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Arena.Web.Components.Account;

/// <summary>Make an account, where that is open to everybody.</summary>
public sealed partial class RegisterPage
{
    private string? problem;

    [Inject]
    public required AccountRegistration Registration { get; init; }

    [Inject]
    public required SignInManager<ArenaUser> SignIn { get; init; }

    [Inject]
    public required IOptions<AccountOptions> Options { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm]
    private RegisterInput Input { get; set; } = default!;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    protected override void OnInitialized() => Input ??= new RegisterInput();

    private async Task RegisterAsync()
    {
        if (!Options.Value.OpenRegistration)
        {
            problem = "Accounts are made by an administrator here.";
            return;
        }

        var (user, reasons) = await Registration.RegisterAsync(Input.Email, Input.Password, Context.RequestAborted);
        if (user is null)
        {
            problem = string.Join(' ', reasons);
            return;
        }

        await SignIn.SignInAsync(user, isPersistent: false);
        Redirects.To(ReturnUrl);
    }

    private sealed class RegisterInput : NewPasswordInput
    {
        [Required(ErrorMessage = "Your e-mail is missing.")]
        [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
        [StringLength(200, ErrorMessage = "That is too long for an e-mail address.")]
        public string Email { get; set; } = "";
    }
}
