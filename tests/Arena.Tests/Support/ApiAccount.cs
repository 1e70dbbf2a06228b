using System.Net.Http.Headers;
using Arena.Application.Accounts;
using Arena.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Tests.Support;

/// <summary>An account of a test's, and tokens of it.</summary>
internal static class ApiAccount
{
    /// <summary>Makes an account with roles.</summary>
    public static async Task<Guid> AddAsync(TestArena host, params string[] roles)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ArenaUser>>();
        var email = $"{Guid.NewGuid():N}@example.org";
        var user = new ArenaUser { Id = Guid.NewGuid(), UserName = email, Email = email, CreatedAt = TimeProvider.System.GetUtcNow() };
        Assert.True((await users.CreateAsync(user, "a long password")).Succeeded);
        foreach (var role in roles)
        {
            Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        }

        return user.Id;
    }

    /// <summary>A token of an account's, as its text and its id.</summary>
    public static async Task<TokenMade.Made> TokenAsync(TestArena host, Guid account, params string[] scopes) =>
        Assert.IsType<TokenMade.Made>(await host.Get<PersonalTokens>().CreateAsync(account, "a program", scopes, null, default));

    /// <summary>A client that shows the token.</summary>
    public static HttpClient Client(TestArena host, string token)
    {
        var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
