using Arena.Data.Voting;
using Microsoft.Extensions.Options;

namespace Arena.Application.Voting;

/// <summary>Whether a ballot counts when it comes in. A doubt makes it pending: a person decides, and nothing is thrown away.</summary>
public sealed class EligibilityRules(VotingLimits limits, GoldRecord gold, IOptions<VotingOptions> options)
{
    /// <summary>Decides.</summary>
    /// <param name="arena">Where it was cast.</param>
    /// <param name="drawn">The battle.</param>
    /// <param name="input">What was sent.</param>
    /// <param name="ranks">Of each slot.</param>
    /// <param name="origin">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(Eligibility Eligibility, string Reason)> DecideAsync(ArenaContent arena, DrawnBattle drawn, BallotInput input, short[] ranks, BallotOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(input);
        if (drawn.Battle.Branch == BattleBranch.Gold)
        {
            return (Eligibility.Excluded, EligibilityReason.Gold);
        }

        if (input.Form == BallotForm.Skip)
        {
            return (Eligibility.Excluded, EligibilityReason.Skipped);
        }

        if (origin.Source == BallotSource.Api && !arena.CountsPrograms)
        {
            return (Eligibility.Excluded, EligibilityReason.Program);
        }

        if (origin.Source != BallotSource.Page)
        {
            return (Eligibility.Counted, EligibilityReason.Ordinary);
        }

        if (input.SecondsSpent is { } seconds && seconds < drawn.Battle.Slots.Length * options.Value.LeastTimePerOutput.TotalSeconds)
        {
            return (Eligibility.Pending, EligibilityReason.TooFast);
        }

        if (limits.IsBurst(origin.Network))
        {
            return (Eligibility.Pending, EligibilityReason.Burst);
        }

        return await gold.IsDoubtedAsync(arena, drawn.Voter.Key, cancellationToken)
            ? (Eligibility.Pending, EligibilityReason.MissedGold)
            : (Eligibility.Counted, EligibilityReason.Ordinary);
    }
}
