using System.Security.Cryptography;
using System.Text;
using Arena.Application.Accounts;
using Arena.Application.Trust;
using Arena.Data.Accounts;
using Arena.Tests.Support;

namespace Arena.Tests.Application.Accounts;

[Collection(PostgresGroup.Name)]
public sealed class PersonalTokensTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Create_Always_KeepsOnlyTheHashAndChecksBack()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var account = await ApiAccount.AddAsync(host);
        var tokens = host.Get<PersonalTokens>();
        var made = await ApiAccount.TokenAsync(host, account, TokenScopes.Vote);

        Assert.StartsWith(PersonalTokens.Marker, made.Secret, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made.Secret))), await host.ScalarAsync("select encode(token_hash, 'hex') from personal_tokens"));
        Assert.DoesNotContain(made.Secret[12..], (string)(await host.ScalarAsync("select personal_tokens::text from personal_tokens"))!, StringComparison.Ordinal);
        var valid = Assert.IsType<TokenCheck.Valid>(await tokens.CheckAsync(made.Secret, default));
        Assert.Equal((made.Id, account), (valid.Token, valid.Account));
        Assert.Equal([TokenScopes.Vote], valid.Scopes);
        var listed = Assert.Single(await tokens.ListAsync(account, default));
        Assert.NotNull(listed.LastUsedAt);
        Assert.StartsWith(listed.Prefix, made.Secret, StringComparison.Ordinal);
        Assert.IsType<TokenCheck.Unknown>(await tokens.CheckAsync(made.Secret + "x", default));
        Assert.IsType<TokenCheck.Unknown>(await tokens.CheckAsync("", default));
    }

    [Fact]
    public async Task Revoke_ByItsOwner_EndsItAtOnceAndIsAudited()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var account = await ApiAccount.AddAsync(host);
        var tokens = host.Get<PersonalTokens>();
        var made = await ApiAccount.TokenAsync(host, account, TokenScopes.Read);

        Assert.False(await tokens.RevokeAsync(Guid.NewGuid(), made.Id, default));
        Assert.IsType<TokenCheck.Valid>(await tokens.CheckAsync(made.Secret, default));
        Assert.True(await tokens.RevokeAsync(account, made.Id, default));
        Assert.IsType<TokenCheck.Revoked>(await tokens.CheckAsync(made.Secret, default));
        Assert.False(await tokens.RevokeAsync(account, made.Id, default));
        Assert.Empty(await tokens.ListAsync(account, default));
        Assert.Equal(["token.revoked", "token.made"], (await host.Get<AuditLog>().NewestAsync(2, default)).Select(audit => audit.Action));
        Assert.Null(await host.Get<AuditLog>().FindBreakAsync(default));
    }

    [Fact]
    public async Task Check_ExpiredOrLocked_SaysSo()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var account = await ApiAccount.AddAsync(host);
        var tokens = host.Get<PersonalTokens>();
        var made = Assert.IsType<TokenMade.Made>(await tokens.CreateAsync(account, "short", [TokenScopes.Vote], TimeProvider.System.GetUtcNow().AddDays(1), default));
        await host.ScalarAsync("update personal_tokens set expires_at = now() - interval '1 second'");
        Assert.IsType<TokenCheck.Expired>(await tokens.CheckAsync(made.Secret, default));
        Assert.True(Assert.Single(await tokens.ListAsync(account, default)).HasExpired);

        await host.ScalarAsync("update personal_tokens set expires_at = null");
        await host.ScalarAsync("update users set lockout_end = now() + interval '1 day'");
        Assert.IsType<TokenCheck.Locked>(await tokens.CheckAsync(made.Secret, default));
    }

    [Fact]
    public async Task Create_TooManyOrImproper_IsRefusedWithASentence()
    {
        await using var host = await TestArena.StartAsync(postgres);
        var account = await ApiAccount.AddAsync(host);
        var tokens = host.Get<PersonalTokens>();
        Assert.Equal(3, Assert.IsType<TokenMade.Refused>(await tokens.CreateAsync(account, " ", ["everything"], TimeProvider.System.GetUtcNow(), default)).Reasons.Count);

        var made = await Task.WhenAll(Enumerable.Range(0, PersonalTokens.MostPerAccount + 5).Select(i => tokens.CreateAsync(account, $"token {i}", [TokenScopes.Vote], null, default)));

        Assert.Equal(PersonalTokens.MostPerAccount, made.OfType<TokenMade.Made>().Count());
        Assert.Contains("revoke one", made.OfType<TokenMade.Refused>().First().Reasons[0], StringComparison.Ordinal);
    }
}
