using System.Text.Json;
using System.Threading.Channels;
using Arena.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Arena.Application.Notices;

/// <summary>One a node: listens on one connection of its own and hands what it hears to the receivers.</summary>
internal sealed partial class NoticeListener(NpgsqlDataSource database, IEnumerable<INoticeReceiver> receivers, TimeProvider time, ILogger<NoticeListener> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heard = Channel.CreateUnbounded<BoardNotice>();
        var handing = HandOutAsync(heard.Reader, stoppingToken);
        for (var first = true; !stoppingToken.IsCancellationRequested; first = false)
        {
            try
            {
                await ListenAsync(heard.Writer, first, stoppingToken);
            }
            catch (Exception e) when (DatabaseTrouble.Is(e) || e is IOException)
            {
                LogLost(e);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }

        await handing;
    }

    private async Task ListenAsync(ChannelWriter<BoardNotice> heard, bool first, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) =>
        {
            // no work on the connection's own callback: only hand over
            if (JsonSerializer.Deserialize<BoardNotice>(notification.Payload, JsonSerializerOptions.Web) is { } notice)
            {
                heard.TryWrite(notice);
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {NoticeSender.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        if (!first)
        {
            foreach (var receiver in receivers)
            {
                await receiver.ReceiveGapAsync(cancellationToken);
            }
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private async Task HandOutAsync(ChannelReader<BoardNotice> heard, CancellationToken cancellationToken)
    {
        await foreach (var notice in heard.ReadAllAsync(cancellationToken))
        {
            foreach (var receiver in receivers)
            {
                try
                {
                    await receiver.ReceiveAsync(notice, cancellationToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // a receiver that fails must not keep the others from hearing; the page that missed it re-reads at the next notice
                    LogReceiverFailed(e, receiver.GetType().Name, notice.Board);
                }
            }
        }
    }
}
