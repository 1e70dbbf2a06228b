using Arena.Application.Leaderboards;

namespace Arena.Web.Presentation;

/// <summary>The newest snapshot with the ratings of this moment in it.</summary>
internal static class LiveStandings
{
    /// <summary>Ratings move at once; each interval keeps its width around its rating until the refit, and ranks stay the snapshot's.</summary>
    public static MethodStandings Apply(MethodStandings snapshot, LiveRatings live)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(live);
        return snapshot with
        {
            Standings =
            [
                .. snapshot.Standings
                    .Select(row => live.Ratings.TryGetValue(row.Entry, out var rating)
                        ? row with { Rating = rating, Low = row.Low + rating - row.Rating, High = row.High + rating - row.Rating }
                        : row)
                    .OrderByDescending(row => row.Rating),
            ],
        };
    }
}
