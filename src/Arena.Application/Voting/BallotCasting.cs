using Arena.Application.Leaderboards;
using Arena.Data.Voting;
using Microsoft.Extensions.Options;

namespace Arena.Application.Voting;

/// <summary>Takes a ballot: checks it, stores it once, and tells the voter who was who.</summary>
public sealed class BallotCasting(
    BattleSeal seal,
    ArenaCatalog arenas,
    VotingLimits limits,
    EligibilityRules rules,
    GoldRecord gold,
    NetworkDigests networks,
    BallotWriter writer,
    LiveArenas ratings,
    RefreshSignal refresh,
    IOptions<VotingOptions> options,
    TimeProvider time)
{
    private const string Draw = "Draw a new battle.";

    /// <summary>Casts a ballot; answers after the commit.</summary>
    public async Task<CastResult> CastAsync(BallotInput input, VoterIdentity voter, BallotOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (seal.Open(input.Token) is not { } drawn)
        {
            return new CastResult.Refused(CastRefusal.BadToken, "This battle token is not one that this Arena gave out, or it was changed on the way. " + Draw);
        }

        if (drawn.Voter.Key != voter.Key)
        {
            return new CastResult.Refused(CastRefusal.NotYours, "This battle was drawn for another voter or before your cookie was lost. " + Draw);
        }

        var now = time.GetUtcNow();
        if (now - drawn.Battle.DrawnAt > options.Value.BattleLifetime)
        {
            return new CastResult.Refused(CastRefusal.Expired, $"This battle was drawn more than {options.Value.BattleLifetime.TotalMinutes:0} minutes ago and is no longer open. " + Draw);
        }

        if (await arenas.FindAsync(drawn.Arena, cancellationToken) is not { State: ArenaState.Open } arena)
        {
            return new CastResult.Refused(CastRefusal.Closed, "Voting in this arena has ended since the battle was drawn. Your ballot was not counted.");
        }

        var ranks = BallotCheck.Read(input, drawn.Battle.Slots.Length, arena, out var problem);
        if (problem is not null)
        {
            return new CastResult.Refused(CastRefusal.Invalid, problem);
        }

        if (limits.TakeBallot(voter, origin.Network) is { } wait)
        {
            return new CastResult.TooMany(wait);
        }

        input = input with { SecondsSpent = BallotCheck.SecondsSpent(input, origin, now - drawn.Battle.DrawnAt) };
        var (eligibility, reason) = await rules.DecideAsync(arena, drawn, input, ranks, origin, cancellationToken);
        var ballot = new Ballot
        {
            BattleId = drawn.Battle.Id,
            ArenaId = drawn.Battle.ArenaId,
            Form = input.Form,
            Ranks = ranks,
            AllBad = input.AllBad,
            Strength = (short?)input.Strength,
            Acceptable = input.Acceptable is { } acceptable ? (short)acceptable.Aggregate(0, (bits, slot) => bits | (1 << slot)) : null,
            Reasons = [.. input.Reasons.Distinct(StringComparer.Ordinal)],
            Comment = string.IsNullOrWhiteSpace(input.Comment) ? null : input.Comment.Trim(),
            SecondsSpent = (float?)input.SecondsSpent,
            Source = origin.Source,
            NetworkDigest = await networks.DigestAsync(origin.Network, cancellationToken),
            CastAt = now,
            Eligibility = eligibility,
            EligibilityReason = reason,
        };
        StoredBallot stored;
        try
        {
            stored = await writer.WriteAsync(new(drawn.Battle, voter.Key, voter.Kind, ballot), cancellationToken);
        }
        catch (BallotNotStoredException)
        {
            // the writer has told the log why
            return new CastResult.NotStored();
        }

        if (!stored.New && (stored.Form != ballot.Form || stored.AllBad != ballot.AllBad || !stored.Ranks.AsSpan().SequenceEqual(ballot.Ranks)))
        {
            return new CastResult.Refused(CastRefusal.AlreadyCast, "This battle has a ballot already, and a ballot cannot be changed. " + Draw);
        }

        if (drawn.Battle.Branch == BattleBranch.Gold)
        {
            gold.Answered(arena, voter.Key);
        }

        refresh.Wake();
        return new CastResult.Accepted(
            new(drawn.Battle.Id, arena.Slug, stored.Eligibility, stored.EligibilityReason, now),
            await RevealAsync(arena, drawn.Battle, ballot, stored, cancellationToken),
            Repeated: !stored.New);
    }

    private async Task<BallotReveal> RevealAsync(ArenaContent arena, Battle battle, Ballot ballot, StoredBallot stored, CancellationToken cancellationToken)
    {
        var live = await ratings.AfterAsync(arena, stored.Sequence, cancellationToken);
        var told = arena.PublicationDelay == TimeSpan.Zero;
        var moved = told && stored.Eligibility == Eligibility.Counted
            ? await live.InfluenceAsync(ballot.Form, battle.Slots, ballot.Ranks, cancellationToken)
            : new double[arena.Contestants.Length];
        var now = live.State.Ratings;
        return new(
            [
                .. battle.Slots.Select((slot, place) =>
                {
                    var contestant = arena.Contestants[slot];
                    return new RevealedSlot(
                        contestant.Slug,
                        contestant.Name,
                        contestant.Version,
                        ballot.Ranks.Length == 0 ? 0 : ballot.Ranks[place],
                        told ? now[slot] - moved[slot] : null,
                        told ? now[slot] : null);
                }),
            ],
            told);
    }
}
