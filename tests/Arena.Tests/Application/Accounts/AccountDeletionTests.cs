using Arena.Application.Accounts;
using Arena.Application.Voting;
using Arena.Data.Accounts;
using Arena.Data.Voting;
using Arena.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Arena.Tests.Application.Accounts;

[Collection(PostgresGroup.Name)]
public sealed class AccountDeletionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Delete_OwnBallotsAndThoseOfTokens_StayAndAreNobodys()
    {
        await using var arena = await OpenArena.StartAsync(postgres, 2);
        var account = await ApiAccount.AddAsync(arena.Host);
        var token = await ApiAccount.TokenAsync(arena.Host, account, TokenScopes.Vote);
        await CastAsync(arena, new(account, VoterKind.Account), BallotSource.Page);
        await CastAsync(arena, new(token.Id, VoterKind.Program), BallotSource.Api);
        VoterIdentity other = OpenArena.NewVoter();
        await CastAsync(arena, other, BallotSource.Page);

        await using (var scope = arena.Host.Services.CreateAsyncScope())
        {
            Assert.IsType<AccountChange.Done>(await scope.ServiceProvider.GetRequiredService<AccountAdministration>().DeleteAsync(account, account, default));
        }

        Assert.Equal(3L, await arena.Host.ScalarAsync("select count(*) from ballots"));
        Assert.Equal(other.Key, await arena.Host.ScalarAsync("select key from voters where key is not null"));
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from voters where key is not null"));
        Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) from ballots where comment is not null and network_digest is not null"));
    }

    private static async Task CastAsync(OpenArena arena, VoterIdentity voter, BallotSource source) =>
        Assert.IsType<CastResult.Accepted>(await arena.CastAsync(voter, OpenArena.InOrder(await arena.DrawAsync(voter)) with { Comment = "of myself" }, source));
}
