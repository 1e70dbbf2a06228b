using Arena.Data.Ids;
using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>A ballot as those see it who decide on it.</summary>
/// <param name="Id">Of the battle.</param>
/// <param name="Arena">The arena's slug.</param>
/// <param name="ArenaTitle">The arena's title.</param>
/// <param name="Eligibility">Whether it counts now.</param>
/// <param name="Reason">Why, a code of <see cref="EligibilityReason"/>.</param>
/// <param name="CastAt">When it came.</param>
/// <param name="SecondsSpent">As the browser measured it, at most the time since the draw.</param>
/// <param name="Places">Who was who, best first.</param>
/// <param name="Voter">The random number of the voter.</param>
/// <param name="OfVoter">Ballots of the same voter.</param>
/// <param name="PendingOfVoter">Those of them that wait.</param>
/// <param name="Note">What was written at the last decision; null before the first.</param>
/// <param name="DecidedAt">When that was.</param>
public sealed record ReviewedBallot(
    BattleId Id,
    string Arena,
    string ArenaTitle,
    Eligibility Eligibility,
    string Reason,
    DateTimeOffset CastAt,
    float? SecondsSpent,
    IReadOnlyList<OwnPlace> Places,
    Guid Voter,
    int OfVoter,
    int PendingOfVoter,
    string? Note,
    DateTimeOffset? DecidedAt);
