using System.ComponentModel.DataAnnotations;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Arena.Web.Components.Account;

/// <summary>The form behind the link on the console. Showing it changes nothing.</summary>
public sealed partial class FirstAdministratorPage
{
    private string? problem;

    [Inject]
    public required FirstAdministrator First { get; init; }

    [Inject]
    public required SignInManager<ArenaUser> SignIn { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm]
    private FirstInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new FirstInput();

    private async Task CreateAsync()
    {
        switch (await First.CreateAsync(Input.Code, Input.Email, Input.Password, Context.RequestAborted))
        {
            case FirstAdministratorResult.Created created:
                await SignIn.SignInAsync(created.User, isPersistent: false);
                Redirects.To("/admin");
                break;
            case FirstAdministratorResult.Refused refused:
                problem = string.Join(' ', refused.Reasons);
                break;
            default:
                problem = "This code is wrong, used or too old. Start Arena again: it prints a new one while there is no administrator.";
                break;
        }
    }

    private sealed class FirstInput : NewPasswordInput
    {
        [Required(ErrorMessage = "The code is missing.")]
        [StringLength(200, ErrorMessage = "That is too long for a code.")]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "Your e-mail is missing.")]
        [EmailAddress(ErrorMessage = "That is not an e-mail address.")]
        [StringLength(200, ErrorMessage = "That is too long for an e-mail address.")]
        public string Email { get; set; } = "";
    }
}
