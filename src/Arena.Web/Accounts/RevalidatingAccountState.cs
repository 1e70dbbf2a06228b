using System.Security.Claims;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Arena.Web.Accounts;

/// <summary>Asks once a minute whether the person at an open circuit may still be there: a lost role or a new password ends it.</summary>
internal sealed class RevalidatingAccountState(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ArenaUser>>();
        var user = await users.GetUserAsync(authenticationState.User);
        return user is not null && string.Equals(
            authenticationState.User.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType),
            await users.GetSecurityStampAsync(user),
            StringComparison.Ordinal);
    }
}
