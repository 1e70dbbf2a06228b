using System.Threading.Channels;
using Arena.Data;
using Arena.Data.Voting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Arena.Application.Voting;

/// <summary>
/// The one way of ballots into the database: whatever has come in while the last batch was stored becomes the next one. Under
/// no load a ballot goes by itself and at once; under load batches grow to <see cref="LargestBatch"/>.
/// </summary>
public sealed partial class BallotWriter(BallotStore store, ILogger<BallotWriter> logger) : BackgroundService
{
    private const int LargestBatch = 500;

    private readonly Channel<Waiting> ballots = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Channel<CastBallot> draws = Channel.CreateBounded<CastBallot>(new BoundedChannelOptions(50_000) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long dropped;

    /// <summary>Stores a ballot. Completes after the commit.</summary>
    /// <exception cref="BallotNotStoredException">It is not known to be stored; the same ballot may be sent again and is counted once.</exception>
    public async Task<StoredBallot> WriteAsync(CastBallot ballot, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(ballot, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await ballots.Writer.WriteAsync(waiting, cancellationToken);
        // not cancellable from here on: the ballot is on its way, and whoever waits must learn what became of it
        return await waiting.Done.Task;
    }

    /// <summary>Leaves word of a draw, to be logged soon; never waits.</summary>
    public void NoteDraw(DrawnBattle drawn)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        if (!draws.Writer.TryWrite(new(drawn.Battle, drawn.Voter.Key, drawn.Voter.Kind, NoBallot)))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(StoreAsync(stoppingToken), LogDrawsAsync(stoppingToken));

    private static Ballot NoBallot { get; } = new() { Ranks = [], Reasons = [], EligibilityReason = "" };

    private async Task StoreAsync(CancellationToken stoppingToken)
    {
        List<Waiting> batch = new(LargestBatch);
        HashSet<Guid> battles = new(LargestBatch);
        Waiting? held = null;
        try
        {
            while (held is not null || await ballots.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                battles.Clear();
                while (batch.Count < LargestBatch && (held ?? (ballots.Reader.TryRead(out var next) ? next : null)) is { } waiting)
                {
                    held = null;
                    if (!battles.Add(waiting.Ballot.Battle.Id.Value))
                    {
                        // a second ballot for one battle: it waits for the first to be stored, and then meets it
                        held = waiting;
                        break;
                    }

                    batch.Add(waiting);
                }

                // no cancellation: what was taken in is stored before the host goes down
                await StoreAsync(batch);
            }
        }
        finally
        {
            ballots.Writer.TryComplete();
            while (ballots.Reader.TryRead(out var left))
            {
                left.Done.TrySetException(new BallotNotStoredException("Arena is stopping.", null));
            }
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            var stored = await store.AppendAsync(batch.ConvertAll(waiting => waiting.Ballot), CancellationToken.None);
            for (var i = 0; i < stored.Length; i++)
            {
                batch[i].Done.TrySetResult(stored[i]);
            }
        }
        catch (Exception e) when (batch.Count > 1 && e is Npgsql.PostgresException or InvalidOperationException && !DatabaseTrouble.Is(e.InnerException ?? new InvalidOperationException()))
        {
            // one of them is at fault: each by itself, so that it fails alone
            foreach (var waiting in batch)
            {
                await StoreAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            LogNotStored(e, batch.Count);
            foreach (var waiting in batch)
            {
                waiting.Done.TrySetException(new BallotNotStoredException("The database did not take the ballot.", e));
            }
        }
    }

    private async Task LogDrawsAsync(CancellationToken stoppingToken)
    {
        List<CastBallot> batch = new(LargestBatch);
        while (await draws.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < LargestBatch && draws.Reader.TryRead(out var draw))
            {
                batch.Add(draw);
            }

            try
            {
                await store.NoteDrawsAsync(batch, stoppingToken);
            }
            catch (Exception e) when (DatabaseTrouble.Is(e))
            {
                // a ballot brings its battle along: only battles that nobody answers are missing from the log
                LogDrawsNotLogged(e, batch.Count);
            }

            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost)
            {
                LogDrawsDropped(lost);
            }
        }
    }

    private sealed record Waiting(CastBallot Ballot, TaskCompletionSource<StoredBallot> Done);
}
