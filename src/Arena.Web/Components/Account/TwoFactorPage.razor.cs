using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Arena.Web.Components.Account;

/// <summary>Switch the authenticator app on and off, and make recovery codes.</summary>
public sealed partial class TwoFactorPage
{
    private const int RecoveryCodes = 10;

    private IReadOnlyList<string> newCodes = [];
    private int codesLeft;
    private string? key;
    private string? link;

    [SupplyParameterFromForm(FormName = "enable")]
    private CodeInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeInput();
        await base.OnInitializedAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (Account is null)
        {
            return;
        }

        codesLeft = await Users.CountRecoveryCodesAsync(Account);
        if (!Account.TwoFactorEnabled)
        {
            var secret = await Users.GetAuthenticatorKeyAsync(Account);
            if (string.IsNullOrEmpty(secret))
            {
                await Users.ResetAuthenticatorKeyAsync(Account);
                // a new key is a new security stamp: this session must follow it
                await SignIn.RefreshSignInAsync(Account);
                secret = await Users.GetAuthenticatorKeyAsync(Account);
            }

            key = string.Join(' ', secret!.ToLowerInvariant().Chunk(4).Select(part => new string(part)));
            link = $"otpauth://totp/Arena:{Uri.EscapeDataString(Account.Email!)}?secret={secret}&issuer=Arena&digits=6";
        }
    }

    private async Task EnableAsync()
    {
        var code = Input.Code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (!await Users.VerifyTwoFactorTokenAsync(Account!, Users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            Problem = "That code is wrong. Take the one that the app shows now, and check that the clock of the phone is right.";
            return;
        }

        if (await ChangeAsync("account.two-factor-on", user => Users.SetTwoFactorEnabledAsync(user, true)))
        {
            await RenewCodesAsync();
        }
    }

    private async Task MakeCodesAsync()
    {
        if (await ChangeAsync("account.recovery-codes-made", _ => Task.FromResult(IdentityResult.Success)))
        {
            await RenewCodesAsync();
        }
    }

    private async Task DisableAsync()
    {
        var changed = await ChangeAsync("account.two-factor-off", async user =>
        {
            var off = await Users.SetTwoFactorEnabledAsync(user, false);
            return off.Succeeded ? await Users.ResetAuthenticatorKeyAsync(user) : off;
        });
        if (changed)
        {
            Redirects.To("/account/two-factor", "Two-factor sign-in is off.", Context);
        }
    }

    private async Task RenewCodesAsync()
    {
        newCodes = [.. await Users.GenerateNewTwoFactorRecoveryCodesAsync(Account!, RecoveryCodes) ?? []];
        codesLeft = newCodes.Count;
    }

    private sealed class CodeInput
    {
        [Required(ErrorMessage = "The code is missing.")]
        [StringLength(12, ErrorMessage = "That is too long for a code.")]
        public string Code { get; set; } = "";
    }
}
