using System.Net;
using System.Text.Json;
using Arena.Application.Voting;
using Arena.Tests.Support;
using Npgsql;

namespace Arena.Tests.Web.Voting;

/// <summary>A database that answers late, or gives up: voters wait or are told to send again, and every ballot counts once.</summary>
[Collection(PostgresGroup.Name)]
public sealed class SlowDatabaseTests(PostgresFixture postgres)
{
    private const int Voters = 20;

    private const string Waiting = "select count(*) from pg_locks where relation = 'ballots'::regclass and not granted";

    [Fact]
    public async Task BallotsLocked_AnswersComeAfterwards_EachCountsOnce()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        var voters = Enumerable.Range(0, Voters).Select(_ => arena.NewVoter()).ToArray();
        try
        {
            var battles = new JsonElement[Voters];
            for (var i = 0; i < Voters; i++)
            {
                battles[i] = (await voters[i].LoadAsync()).Battle;
            }

            Task<HttpResponseMessage>[] casts;
            await using (await LockAsync(arena))
            {
                casts = [.. Enumerable.Range(0, 2 * Voters).Select(i => voters[i % Voters].CastAsync(battles[i % Voters]))];
                Assert.True(await Eventually.IsTrueAsync(async () => (long)(await arena.Host.ScalarAsync(Waiting))! > 0));
                Assert.DoesNotContain(casts, cast => cast.IsCompleted); // nobody is told of what is not stored
            }

            var answers = await Task.WhenAll(casts);

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            var receipts = await Task.WhenAll(answers.Select(VotingClient.ReadAsync));
            Assert.Equal(Voters, receipts.Select(receipt => receipt.GetProperty("receipt").GetProperty("id").GetGuid()).Distinct().Count());
            Assert.Equal(Voters, receipts.Count(receipt => receipt.GetProperty("repeated").GetBoolean()));
            Assert.Equal((long)Voters, await arena.BallotsAsync());
            Assert.Equal(Voters, await CountedAsync(arena));
        }
        finally
        {
            Array.ForEach(voters, voter => voter.Dispose());
        }
    }

    [Fact]
    public async Task DatabaseGivesUp_Is503WithRetryAfter_AndTheSameBallotSentAgainCounts()
    {
        await using var arena = await PictureArena.StartAsync(postgres);
        using var voter = arena.NewVoter();
        var (_, battle) = await voter.LoadAsync();
        await using (await LockAsync(arena))
        {
            var cast = voter.CastAsync(battle);
            Assert.True(await Eventually.IsTrueAsync(async () => (long)(await arena.Host.ScalarAsync(Waiting))! > 0));
            // as a timeout of the server does it
            Assert.Equal(1L, await arena.Host.ScalarAsync("select count(*) filter (where pg_cancel_backend(pid)) from (select pid from pg_locks where relation = 'ballots'::regclass and not granted) as waiting"));

            using var answer = await cast;

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            Assert.Contains("Send the same one again: it is counted once.", (await VotingClient.ReadAsync(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(0L, await arena.BallotsAsync());
        using var again = await voter.CastAsync(battle);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.False((await VotingClient.ReadAsync(again)).GetProperty("repeated").GetBoolean());
        using var third = await voter.CastAsync(battle);
        Assert.True((await VotingClient.ReadAsync(third)).GetProperty("repeated").GetBoolean());
        Assert.Equal(1L, await arena.BallotsAsync());
        Assert.Equal(1, await CountedAsync(arena));
    }

    /// <summary>Lets nobody write ballots until it is disposed.</summary>
    private static async Task<NpgsqlConnection> LockAsync(PictureArena arena)
    {
        var connection = await arena.Host.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("begin; lock table ballots in share mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection; // back in its pool its transaction is rolled back
    }

    private static async Task<long> CountedAsync(PictureArena arena)
    {
        var content = (await arena.Host.Get<ArenaCatalog>().FindAsync(PictureArena.Slug, default))!;
        return (await arena.Host.Get<LiveArenas>().NewestAsync(content, default)).State.Counted;
    }
}
