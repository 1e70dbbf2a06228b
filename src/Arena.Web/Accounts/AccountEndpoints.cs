using System.Security.Claims;
using System.Text.Json;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Arena.Web.Accounts;

/// <summary>What the account pages post to beside themselves. Both take a form with an antiforgery token.</summary>
internal static class AccountEndpoints
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/account");
        group.MapPost("/logout/now", async ([FromForm] string? confirm, SignInManager<ArenaUser> signIn) =>
        {
            _ = confirm; // a form field, so that the antiforgery token is asked for
            await signIn.SignOutAsync();
            return TypedResults.LocalRedirect("/");
        });
        group.MapPost("/data/download", DownloadAsync).RequireAuthorization();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(
        [FromForm] string? confirm, ClaimsPrincipal principal, UserManager<ArenaUser> users, PersonalTokens tokens, CancellationToken cancellationToken)
    {
        _ = confirm;
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return TypedResults.NotFound();
        }

        var data = new
        {
            user.Id,
            user.Email,
            user.CreatedAt,
            Roles = await users.GetRolesAsync(user),
            TwoFactor = user.TwoFactorEnabled,
            FailedSignIns = user.AccessFailedCount,
            LockedUntil = user.LockoutEnd,
            Tokens = (await tokens.HistoryAsync(user.Id, cancellationToken)).Select(token => new { token.Name, token.Prefix, token.Scopes, token.CreatedAt, token.LastUsedAt, token.ExpiresAt, token.RevokedAt }),
        };
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(data, Indented), "application/json", "arena-personal-data.json");
    }
}
