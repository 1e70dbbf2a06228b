using System.Collections.Concurrent;
using Arena.Data;
using Arena.Data.Voting;
using Arena.Ranking;
using Arena.Ranking.Selection;
using Npgsql;

namespace Arena.Application.Voting;

/// <summary>
/// An arena's ratings in memory, kept up with the ballots in the database: the board's own likelihood for what people see, and
/// online Bayesian ratings for whom to draw. What it holds is a function of the stored ballots in their order, so any node at
/// any time comes to the same.
/// </summary>
public sealed class LiveArena : IDisposable
{
    private readonly BallotStore store;
    private readonly NpgsqlDataSource database;
    private readonly PlackettLuceOptions options;
    private readonly DateTimeOffset until;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<Guid, int> voters = [];
    private ArenaContent content;
    private RunningPlackettLuce ratings;
    private MatchBook book;
    private readonly ConcurrentDictionary<Guid, (int[] Slots, DateTimeOffset DrawnAt)> issued = new();
    private long[] preferred = [];
    private long lastChange;
    private long counted;
    private long pending;
    private long excluded;
    private long skipped;
    private volatile LiveState state;

    /// <param name="content">The arena.</param>
    /// <param name="store">Its ballots.</param>
    /// <param name="database">Where they are.</param>
    /// <param name="options">The board's likelihood.</param>
    /// <param name="until">Ballots that were cast later are not read.</param>
    internal LiveArena(ArenaContent content, BallotStore store, NpgsqlDataSource database, PlackettLuceOptions options, DateTimeOffset until)
    {
        (this.content, this.store, this.database, this.options, this.until) = (content, store, database, options, until);
        Clear(content);
        state = Show(-1);
    }

    /// <summary>What is known now. Immutable; a later one replaces it.</summary>
    public LiveState State => state;

    /// <summary>What matchmakers draw from: the ballots so far, and the battles that are out and not answered yet.</summary>
    public MatchState Match => book.State;

    /// <summary>Counts a battle that goes out, so that not everybody who asks in the meantime gets the same one.</summary>
    public void Issue(Battle battle)
    {
        ArgumentNullException.ThrowIfNull(battle);
        book.Issue(battle.Slots);
        issued[battle.Id.Value] = (battle.Slots, battle.DrawnAt);
    }

    /// <summary>Takes back what was drawn before a time and never answered.</summary>
    public void Abandon(DateTimeOffset before)
    {
        foreach (var (id, (_, drawnAt)) in issued)
        {
            if (drawnAt < before && issued.TryRemove(id, out var old))
            {
                book.Abandon(old.Slots);
            }
        }
    }

    /// <summary>Reads what came in since the last time.</summary>
    /// <param name="current">The arena as it is now.</param>
    /// <param name="sequence">Returns at once when this ballot has been read already.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether anything was new.</returns>
    public async Task<bool> CatchUpAsync(ArenaContent current, long sequence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (state.Sequence >= sequence && state.Contestants == current.Contestants.Length)
        {
            return false;
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            if (state.Sequence >= sequence && state.Contestants == current.Contestants.Length)
            {
                return false;
            }

            return await ReadAsync(current, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The ballots that count, in the order of their commits, with voters and samples for clustering.</summary>
    public async Task<LiveEvidence> EvidenceAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return new(ratings.Count == 0 ? null : ratings.ToBallots(), [.. ratings.Ratings], [.. state.OnlineMean], [.. state.OnlineDeviation], state);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>How often each contestant was placed above each other one on ballots that count, n × n, the upper one first.</summary>
    public async Task<long[]> PreferredAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return [.. preferred];
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>How far one ballot has moved the ratings, in points, one a contestant.</summary>
    public async Task<double[]> InfluenceAsync(BallotForm form, int[] slots, short[] ranks, CancellationToken cancellationToken)
    {
        var builder = new BallotsBuilder(content.Contestants.Length);
        VoteBallots.Add(builder, form, slots, ranks, allBad: false, voter: -1, prompt: -1);
        await turn.WaitAsync(cancellationToken);
        try
        {
            return ratings.Influence(builder.ToBallots());
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> ReadAsync(ArenaContent current, CancellationToken cancellationToken)
    {
        var change = await LastChangeAsync(cancellationToken);
        var sequence = Math.Max(0, state.Sequence);
        if (change != lastChange || current.Contestants.Length != content.Contestants.Length)
        {
            // a ballot's eligibility changed, or somebody joined: everything again, in order, so that the result depends on the ballots alone
            Clear(current);
            sequence = 0;
            lastChange = change;
        }

        content = current;
        var batch = new BallotsBuilder(current.Contestants.Length);
        var seen = sequence;
        await foreach (var row in store.ReadAfterAsync(current.Id, sequence, cancellationToken))
        {
            if (row.CastAt <= until)
            {
                seen = row.Sequence;
                Take(row, batch);
            }
        }

        if (seen == state.Sequence && sequence == seen)
        {
            return false;
        }

        if (batch.Count > 0)
        {
            ratings.Add(batch.ToBallots());
        }

        state = Show(seen);
        return true;
    }

    private void Take(in BallotRow row, BallotsBuilder batch)
    {
        if (!voters.TryGetValue(row.Voter, out var voter))
        {
            voters[row.Voter] = voter = voters.Count;
        }

        switch (row.Eligibility)
        {
            case Eligibility.Pending:
                pending++;
                return;
            case Eligibility.Excluded when row.Form == BallotForm.Skip:
                skipped++;
                return;
            case Eligibility.Excluded:
                excluded++;
                return;
        }

        counted++;
        Preferences.Add(preferred, content.Contestants.Length, row.Slots, row.Ranks, 1);
        VoteBallots.Add(batch, row, voter);
        book.Vote(row.Slots, Array.ConvertAll(row.Ranks, rank => (int)rank), issued.TryRemove(row.Battle, out _));
    }

    private async Task<long> LastChangeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select coalesce(max(sequence), 0) from eligibility_changes where arena_id = $1");
        command.Parameters.Add(new() { Value = content.Id.Value });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(ratings), nameof(book))]
    private void Clear(ArenaContent current)
    {
        ratings = new(Math.Max(current.Contestants.Length, 1), options);
        issued.Clear();
        book = new(new TrueSkillOptions());
        foreach (var contestant in current.Contestants)
        {
            book.Add(contestant.Group);
        }

        voters.Clear();
        preferred = new long[current.Contestants.Length * current.Contestants.Length];
        counted = pending = excluded = skipped = 0;
    }

    private LiveState Show(long sequence) => new()
    {
        Sequence = sequence,
        LastChange = lastChange,
        Contestants = content.Contestants.Length,
        Ratings = [.. ratings.Ratings],
        OnlineMean = [.. book.State.Mean.Span],
        OnlineDeviation = [.. book.State.Deviation.Span],
        Counted = counted,
        Pending = pending,
        Excluded = excluded,
        Skipped = skipped,
        Voters = voters.Count,
    };
}
