using System.ComponentModel.DataAnnotations;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Components;

namespace Arena.Web.Components.Account;

/// <summary>Make, see and revoke the tokens by which programs act for the account.</summary>
public sealed partial class TokensPage
{
    private IReadOnlyList<TokenSummary> tokens = [];
    private string? secret;

    [Inject]
    public required PersonalTokens Tokens { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [SupplyParameterFromForm(FormName = "make-token")]
    private TokenInput Input { get; set; } = default!;

    /// <summary>Rendered one by one: of options that stand in the markup as they are, a static page marks none as selected.</summary>
    private static IReadOnlyList<(int Days, string Text)> Lives => [(30, "in 30 days"), (90, "in 90 days"), (365, "in a year"), (0, "never")];

    protected override async Task OnInitializedAsync()
    {
        Input ??= new TokenInput();
        Context.Response.Headers.CacheControl = "no-store";
        await base.OnInitializedAsync();
        await ReadAsync();
    }

    private async Task MakeAsync()
    {
        switch (await Tokens.CreateAsync(Account!.Id, Input.Name, Input.Scopes, Input.Days > 0 ? Clock.GetUtcNow().AddDays(Input.Days) : null, Context.RequestAborted))
        {
            case TokenMade.Made made:
                secret = made.Secret;
                Input = new TokenInput();
                await ReadAsync();
                break;
            case TokenMade.Refused refused:
                Problem = string.Join(' ', refused.Reasons);
                break;
        }
    }

    private async Task RevokeAsync(TokenSummary token)
    {
        if (await Tokens.RevokeAsync(Account!.Id, token.Id, Context.RequestAborted))
        {
            Redirects.To("/account/tokens", $"“{token.Name}” is revoked: nothing is done with it any more.", Context);
            return;
        }

        Problem = "This token is revoked already.";
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (Account is not null)
        {
            tokens = await Tokens.ListAsync(Account.Id, Context.RequestAborted);
        }
    }

    private sealed class TokenInput
    {
        [Required(ErrorMessage = "Give the token a name.")]
        [StringLength(PersonalTokens.LongestName, ErrorMessage = "At most a hundred characters.")]
        public string Name { get; set; } = "";

        public bool Vote { get; set; }

        public bool Read { get; set; }

        public bool Submit { get; set; }

        [Range(0, 3650, ErrorMessage = "Choose when it expires.")]
        public int Days { get; set; } = 90;

        public IReadOnlyCollection<string> Scopes =>
        [
            .. Vote ? [TokenScopes.Vote] : Array.Empty<string>(),
            .. Read ? [TokenScopes.Read] : Array.Empty<string>(),
            .. Submit ? [TokenScopes.Submit] : Array.Empty<string>(),
        ];
    }
}
