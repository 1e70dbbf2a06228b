using System.Security.Cryptography;
using Arena.Data.Ids;
using Arena.Data.Voting;
using Arena.Ranking.Selection;
using Microsoft.Extensions.Options;

namespace Arena.Application.Voting;

/// <summary>Draws battles: a sample, a slate of contestants, and the order in which they are shown.</summary>
public sealed class BattleDrawer(
    ArenaCatalog arenas,
    LiveArenas ratings,
    VoterMemory memory,
    VotingLimits limits,
    BattleSeal seal,
    BallotWriter writer,
    IOptions<VotingOptions> options,
    TimeProvider time)
{
    /// <summary>Draws a battle for a voter. The draw is logged, whether or not it is answered.</summary>
    public async Task<DrawResult> DrawAsync(string slug, VoterIdentity voter, CancellationToken cancellationToken)
    {
        if (await arenas.FindAsync(slug, cancellationToken) is not { } arena)
        {
            return new DrawResult.NoArena();
        }

        if (Refuse(arena) is { } reason)
        {
            return new DrawResult.NotNow(reason);
        }

        if (limits.TakeDraw(voter) is { } wait)
        {
            return new DrawResult.TooMany(wait);
        }

        var recent = await memory.RecentAsync(arena.Id, voter.Key, cancellationToken);
        var live = await ratings.AfterAsync(arena, 0, cancellationToken);
        var battle = DrawGold(arena, recent) ?? DrawSlate(arena, live.Match, recent);
        var drawn = new DrawnBattle(battle, voter, arena.Slug);
        live.Issue(battle);
        memory.Saw(arena.Id, voter.Key, new(battle.Slots, battle.Samples));
        writer.NoteDraw(drawn);
        return new DrawResult.Drawn(seal.Seal(drawn), drawn, battle.DrawnAt + options.Value.BattleLifetime);
    }

    /// <summary>Why nobody can vote now, a sentence; null when they can.</summary>
    public static string? Refuse(ArenaContent arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        var active = arena.Contestants.Where(contestant => contestant.Active).Select(contestant => contestant.Group).Distinct().Count();
        return arena.State switch
        {
            ArenaState.Draft => "This arena is not open yet.",
            ArenaState.Closed => "Voting here has ended. The leaderboard stays.",
            _ when arena.Samples.All(sample => sample.IsGold) => "This arena has no samples to vote on yet.",
            _ when active < 2 => "The outputs are still being made: voting starts by itself as soon as two entries are ready.",
            _ => null,
        };
    }

    private Battle DrawSlate(ArenaContent arena, MatchState match, IReadOnlyList<SeenBattle> recent)
    {
        var available = arena.Contestants.Select(contestant => contestant.Active).ToArray();
        var state = match.Restrict(available);
        var size = Math.Min(arena.SlateSize, state.MostOnASlate);
        var slate = MatchPolicies.Of(arena.Policy, arena.UniformShare).DrawLogged(
            new(state, RandomSeed()) { Recent = [.. recent.Select(seen => seen.Slots)] }, size);
        return Make(
            arena,
            [.. slate.Members],
            DrawSamples(arena, recent, arena.CrossSample ? size : 1, size),
            slate.Branch == MatchBranch.Uniform ? BattleBranch.Uniform : BattleBranch.Policy,
            slate.PolicyVersion,
            slate.Probability.Value,
            slate.Probability.StandardError);
    }

    /// <summary>Now and then a gold item that the voter has not seen of late: its two contestants, and others to fill the slate.</summary>
    private Battle? DrawGold(ArenaContent arena, IReadOnlyList<SeenBattle> recent)
    {
        var unseen = arena.Samples
            .Where(sample => sample.IsGold && arena.Contestants[sample.GoldBest!.Value].Active && arena.Contestants[sample.GoldWorst!.Value].Active)
            .Where(sample => !recent.Any(seen => seen.Samples.Contains(sample.Ordinal)))
            .ToArray();
        if (unseen.Length == 0 || Random() >= options.Value.GoldShare)
        {
            return null;
        }

        var gold = unseen[RandomNumberGenerator.GetInt32(unseen.Length)];
        List<int> slots = [gold.GoldBest!.Value, gold.GoldWorst!.Value];
        var others = arena.Contestants.Where(contestant => contestant.Active).Select(contestant => contestant.Ordinal).ToArray();
        RandomNumberGenerator.Shuffle(others.AsSpan());
        foreach (var other in others)
        {
            if (slots.Count < arena.SlateSize && slots.TrueForAll(slot => arena.Contestants[slot].Group != arena.Contestants[other].Group))
            {
                slots.Add(other);
            }
        }

        var shown = slots.ToArray();
        RandomNumberGenerator.Shuffle(shown.AsSpan());
        return Make(arena, shown, [.. Enumerable.Repeat(gold.Ordinal, shown.Length)], BattleBranch.Gold, "gold", 1, 0);
    }

    private Battle Make(ArenaContent arena, int[] slots, int[] samples, BattleBranch branch, string policy, double probability, double error) => new()
    {
        Id = new BattleId(Guid.CreateVersion7(time.GetUtcNow())),
        ArenaId = arena.Id,
        Slots = slots,
        Samples = samples,
        Branch = branch,
        Policy = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{policy}/{arena.PolicyVersion}"),
        UniformShare = arena.UniformShare,
        Probability = probability,
        ProbabilityError = error,
        DrawnAt = time.GetUtcNow(),
    };

    /// <summary>Any sample that the voter has not seen of late, each as likely.</summary>
    private static int[] DrawSamples(ArenaContent arena, IReadOnlyList<SeenBattle> recent, int different, int size)
    {
        var ordinary = arena.Samples.Where(sample => !sample.IsGold).Select(sample => sample.Ordinal).ToArray();
        var seen = recent.Skip(recent.Count - Math.Min(recent.Count, ordinary.Length / (2 * different))).SelectMany(battle => battle.Samples).ToHashSet();
        var fresh = ordinary.Where(sample => !seen.Contains(sample)).ToArray();
        var from = fresh.Length >= different ? fresh : ordinary;
        RandomNumberGenerator.Shuffle(from.AsSpan());
        return [.. Enumerable.Range(0, size).Select(slot => from[slot % Math.Min(different, from.Length)])];
    }

    private static ulong RandomSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    private static double Random() => (RandomSeed() >> 11) * (1.0 / (1UL << 53));
}
