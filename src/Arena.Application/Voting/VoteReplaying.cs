using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Arena.Application.Leaderboards;
using Arena.Contracts.Voting;
using Arena.Data.Ids;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>
/// Takes in votes that were recorded elsewhere: the checks, the eligibility, the writer, the live ratings and the snapshots are those
/// of every ballot; only the token and the limits, which are for people at a page, are left out.
/// </summary>
public sealed class VoteReplaying(RecordedArenas recorded, ArenaCatalog arenas, EligibilityRules rules, BallotWriter writer, LiveArenas ratings, RefreshSignal refresh, TimeProvider time)
{
    private const int MostProblems = 20;
    private const int MostSlots = 64;
    private const string Policy = "recorded";

    private static readonly HashSet<string> Reasons = new(StringComparer.Ordinal)
    {
        EligibilityReason.Skipped,
        EligibilityReason.Program,
        EligibilityReason.TooFast,
        EligibilityReason.MissedGold,
        EligibilityReason.Burst,
        EligibilityReason.Reviewed,
        EligibilityReason.Gold,
    };

    /// <summary>Stores a batch, all or nothing as far as its content is sound. Whoever calls has checked that the actor operates this Arena.</summary>
    public async Task<ReplayResult> ReplayAsync(VoteReplay replay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replay);
        if (replay.Votes.Count > VoteReplay.MostVotes)
        {
            return new ReplayResult.Refused([$"A batch holds at most {VoteReplay.MostVotes} votes."]);
        }

        if (replay.Create)
        {
            if (await recorded.EnsureAsync(replay.Arena, replay.Entries, cancellationToken) is { } problem)
            {
                return new ReplayResult.Refused([problem]);
            }

            arenas.Changed(replay.Arena);
        }

        if (await arenas.FindAsync(replay.Arena, cancellationToken) is not { } arena)
        {
            return new ReplayResult.Refused([$"There is no arena called {replay.Arena}. Give --create to make one from the file's models."]);
        }

        List<string> problems = [];
        var contestants = Resolve(arena, replay.Entries, problems);
        var ballots = problems.Count > 0 ? [] : await CheckAsync(arena, replay.Votes, contestants, problems, cancellationToken);
        return problems.Count > 0 ? new ReplayResult.Refused([.. problems.Take(MostProblems)]) : await StoreAsync(arena, ballots, cancellationToken);
    }

    /// <summary>Which contestant each entry of the file is: by slug and version where the file says them, else by name.</summary>
    private static int[] Resolve(ArenaContent arena, IReadOnlyList<RecordedEntry> entries, List<string> problems) =>
    [
        .. entries.Select(entry =>
        {
            var found = arena.Contestants.LastOrDefault(contestant => string.Equals(contestant.Slug, entry.Slug, StringComparison.Ordinal) && (entry.Version is null || contestant.Version == entry.Version))
                ?? arena.Contestants.LastOrDefault(contestant => string.Equals(contestant.Name, entry.Name, StringComparison.Ordinal) || string.Equals(contestant.Slug, entry.Name, StringComparison.Ordinal));
            if (found is null)
            {
                problems.Add($"\"{entry.Name}\" does not compete in {arena.Slug}: add it there, leave its votes out, or replay into an arena of recorded votes with --create.");
            }

            return found?.Ordinal ?? -1;
        }),
    ];

    private async Task<List<CastBallot>> CheckAsync(ArenaContent arena, IReadOnlyList<RecordedVote> votes, int[] contestants, List<string> problems, CancellationToken cancellationToken)
    {
        var samples = arena.Samples.Select(sample => sample.Ordinal).ToHashSet();
        List<CastBallot> ballots = new(votes.Count);
        HashSet<Guid> battles = new(votes.Count);
        foreach (var vote in votes)
        {
            var id = KeyOf(arena.Id, "vote", vote.Id);
            var input = new BallotInput { Token = "", Form = Form(vote.Form), Tiers = vote.Tiers, AllBad = vote.AllBad };
            short[] ranks = [];
            var problem = Problem(vote, contestants, samples) ?? (battles.Add(id) ? null : "Another vote of this batch has the same id.");
            if (problem is null)
            {
                ranks = BallotCheck.Read(input, vote.Slots.Length, arena, out problem);
            }

            if (problem is not null)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Line {vote.Line}: {problem}"));
                continue;
            }

            var battle = new Battle
            {
                Id = new(id),
                ArenaId = arena.Id,
                Slots = Array.ConvertAll(vote.Slots, slot => contestants[slot]),
                // a sample that is not known is −1 for every slot, and no cluster
                Samples = vote.Samples ?? [.. Enumerable.Repeat(-1, vote.Slots.Length)],
                Branch = BattleBranch.Recorded,
                Policy = Policy,
                DrawnAt = vote.At.ToUniversalTime(),
            };
            var voter = new VoterIdentity(KeyOf(arena.Id, "voter", vote.Voter), VoterKind.Recorded);
            var (eligibility, reason) = vote.State switch
            {
                "pending" => (Eligibility.Pending, vote.Reason!),
                "excluded" => (Eligibility.Excluded, vote.Reason!),
                _ => await rules.DecideAsync(arena, new(battle, voter, arena.Slug), input, ranks, new(BallotSource.Replay, null), cancellationToken),
            };
            ballots.Add(new(battle, voter.Key, voter.Kind, new()
            {
                BattleId = battle.Id,
                ArenaId = arena.Id,
                Form = input.Form,
                Ranks = ranks,
                AllBad = vote.AllBad,
                Reasons = [],
                Source = BallotSource.Replay,
                CastAt = battle.DrawnAt,
                Eligibility = eligibility,
                EligibilityReason = reason,
            }));
        }

        return ballots;
    }

    private async Task<ReplayResult> StoreAsync(ArenaContent arena, List<CastBallot> ballots, CancellationToken cancellationToken)
    {
        StoredBallot[] stored;
        try
        {
            // handed to the writer in order, which keeps it
            stored = await Task.WhenAll(ballots.ConvertAll(ballot => writer.WriteAsync(ballot, cancellationToken)));
        }
        catch (BallotNotStoredException)
        {
            // the writer has told the log why
            return new ReplayResult.NotStored();
        }

        await ratings.NewestAsync(arena, cancellationToken);
        refresh.Wake();
        return new ReplayResult.Done(new(stored.Count(one => one.New), stored.Count(one => !one.New), stored.Count(one => one is { New: true, Eligibility: Eligibility.Counted })));
    }

    private string? Problem(RecordedVote vote, int[] contestants, HashSet<int> samples)
    {
        if (vote.Slots.Length is < 2 or > MostSlots)
        {
            return $"A vote compares 2 to {MostSlots} entries.";
        }

        if (vote.Slots.Any(slot => slot < 0 || slot >= contestants.Length))
        {
            return "It names an entry that is not in the list.";
        }

        if (vote.Slots.Select(slot => contestants[slot]).Distinct().Count() < vote.Slots.Length)
        {
            return "It compares an entry with itself.";
        }

        if (vote.At > time.GetUtcNow().AddDays(1))
        {
            return "It was cast in the future: is its time in seconds?";
        }

        if (vote.Samples is { } given && (given.Length != vote.Slots.Length || (samples.Count > 0 && !given.All(samples.Contains))))
        {
            return "It names samples that the arena does not vote on.";
        }

        return vote.State switch
        {
            null or "counted" => null,
            "pending" or "excluded" => vote.Reason is { } reason && Reasons.Contains(reason) ? null : "It says that the vote does not count, and not why by a known code.",
            _ => "Its state is none of counted, pending and excluded.",
        };
    }

    private static BallotForm Form(string form) => form switch
    {
        "ranking" => BallotForm.Ranking,
        "best-worst" => BallotForm.BestWorst,
        "skip" => BallotForm.Skip,
        _ => (BallotForm)(-1),
    };

    /// <summary>The same number for the same text in the same arena: what makes a second replay a repetition.</summary>
    private static Guid KeyOf(VotingArenaId arena, string what, string text) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{arena.Value:N} {what} {text}")).AsSpan(0, 16));
}
