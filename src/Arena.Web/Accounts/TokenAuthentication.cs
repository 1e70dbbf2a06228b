using System.Security.Claims;
using System.Text.Encodings.Web;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Arena.Web.Accounts;

/// <summary>
/// Knows a program by the personal token in <c>Authorization: Bearer …</c>. Holds only where an endpoint asks for it: a token opens no page,
/// and a browser's session opens no endpoint of this kind.
/// </summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PersonalTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "PersonalToken";

    /// <summary>The claim that holds the token's id.</summary>
    public const string TokenClaim = "token";

    /// <summary>The claims that hold its scopes.</summary>
    public const string ScopeClaim = "scope";

    private const string Bearer = "Bearer ";
    private const string Where = "Make one on your account's page, /account/tokens.";

    private string problem = "This needs a personal token: send the header 'Authorization: Bearer arena_…'. " + Where;

    /// <summary>Who may call with a token that has one of these scopes.</summary>
    public static AuthorizationPolicy Policy(params string[] scopes) =>
        new AuthorizationPolicyBuilder(Name).RequireAuthenticatedUser().RequireClaim(ScopeClaim, scopes).Build();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        switch (await tokens.CheckAsync(header[Bearer.Length..].Trim(), Context.RequestAborted))
        {
            case TokenCheck.Valid valid:
                Claim[] claims = [new(ClaimTypes.NameIdentifier, valid.Account.ToString()), new(TokenClaim, valid.Token.ToString()), .. valid.Scopes.Select(scope => new Claim(ScopeClaim, scope))];
                return AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Name)), Name));
            case TokenCheck.Unknown:
                return Refuse("This Arena knows no such token. " + Where);
            case TokenCheck.Revoked revoked:
                return Refuse($"This token was revoked on {revoked.At:yyyy-MM-dd HH:mm} UTC. " + Where);
            case TokenCheck.Expired expired:
                return Refuse($"This token expired on {expired.At:yyyy-MM-dd HH:mm} UTC. " + Where);
            case TokenCheck.Locked:
                return Refuse("The account of this token is locked. Ask an administrator of this Arena.");
            case var unknown:
                throw new InvalidOperationException($"Unknown result {unknown}.");
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(problem, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var has = string.Join(", ", Context.User.FindAll(ScopeClaim).Select(claim => claim.Value));
        return TypedResults.Problem($"This token may not do that: it has the scopes {has}. Voting takes '{TokenScopes.Vote}', reading one's own ballots '{TokenScopes.Vote}' or '{TokenScopes.Read}'. {Where}", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
    }

    private AuthenticateResult Refuse(string sentence)
    {
        problem = sentence;
        return AuthenticateResult.Fail(sentence);
    }
}
