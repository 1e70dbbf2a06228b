using System.ComponentModel.DataAnnotations;
using Arena.Application.Accounts;
using Arena.Web.Accounts;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>Set a new password by a code from an administrator.</summary>
public sealed partial class ResetPasswordPage
{
    private string? problem;

    [Inject]
    public required AccountAdministration Accounts { get; init; }

    [Inject]
    internal AccountRedirects Redirects { get; init; } = default!;

    [CascadingParameter]
    public HttpContext Context { get; set; } = default!;

    [SupplyParameterFromForm]
    private ResetInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new ResetInput();

    private async Task ResetAsync()
    {
        var result = await Accounts.ResetPasswordAsync(Input.Code, Input.Password, Context.RequestAborted);
        if (result is AccountChange.Done)
        {
            Redirects.To("/account/login", "Your password is set. Sign in with it.", Context);
            return;
        }

        problem = result is AccountChange.Unknown ? "This code is wrong, used or older than 24 hours. Ask an administrator for a new one." : result.Problem();
    }

    private sealed class ResetInput : NewPasswordInput
    {
        [Required(ErrorMessage = "The code is missing.")]
        [StringLength(2000, ErrorMessage = "That is too long for a code.")]
        public string Code { get; set; } = "";
    }
}
