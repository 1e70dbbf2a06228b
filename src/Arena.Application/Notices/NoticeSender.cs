using System.Text.Json;
using Arena.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Arena.Application.Notices;

/// <summary>One a node: sends what changed to all nodes, coalesced, at most four times a second.</summary>
internal sealed partial class NoticeSender(NoticeBoard board, NpgsqlDataSource database, TimeProvider time, ILogger<NoticeSender> logger) : BackgroundService
{
    public const string Channel = "arena_boards";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = await board.TakeAsync(stoppingToken);
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                foreach (var (slug, version) in taken)
                {
                    await using var command = new NpgsqlCommand("select pg_notify($1, $2)", connection)
                    {
                        Parameters =
                        {
                            new() { Value = Channel },
                            new() { Value = JsonSerializer.Serialize(new BoardNotice(slug, version, time.GetUtcNow().ToUnixTimeMilliseconds()), JsonSerializerOptions.Web) },
                        },
                    };
                    await command.ExecuteNonQueryAsync(stoppingToken);
                }
            }
            catch (Exception e) when (DatabaseTrouble.Is(e))
            {
                // the database is away; the words are kept and sent when it is back
                LogNotSent(e);
                foreach (var (slug, version) in taken)
                {
                    board.Changed(slug, version);
                }
            }

            await Task.Delay(Pause, time, stoppingToken);
        }
    }
}
