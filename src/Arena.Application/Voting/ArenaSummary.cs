using Arena.Data.Voting;

namespace Arena.Application.Voting;

/// <summary>An arena in a list, and the head of its page.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">For people.</param>
/// <param name="Question">What a voter is asked.</param>
/// <param name="State">Draft, open or closed.</param>
/// <param name="SlateSize">How many outputs stand side by side.</param>
/// <param name="Entries">Contestants that can be drawn.</param>
/// <param name="Samples">Samples that are voted on.</param>
/// <param name="Ballots">Ballots that count, now.</param>
/// <param name="Voters">Different people who cast any.</param>
/// <param name="Board">Slug of its leaderboard.</param>
/// <param name="Goal">How far it is; null before the first standings.</param>
/// <param name="NotNow">Why nobody can vote at the moment, a sentence; null when they can.</param>
public sealed record ArenaSummary(
    string Slug,
    string Title,
    string Question,
    ArenaState State,
    int SlateSize,
    int Entries,
    int Samples,
    long Ballots,
    int Voters,
    string Board,
    GoalGauge? Goal,
    string? NotNow);

/// <summary>How far the votes have come in telling entries apart, and what one more would do.</summary>
/// <param name="Pairs">Pairs of entries.</param>
/// <param name="Separated">Those whose order the votes settle, all at once.</param>
/// <param name="Ballots">Ballots behind that.</param>
/// <param name="Next">The pair that is nearest to being settled, as names; null when all are, or none can be foreseen.</param>
/// <param name="NextNeeds">About how many more ballots that takes.</param>
/// <param name="Narrows">By what share one more ballot narrows the intervals on average: 1/(2 n) of n ballots.</param>
public sealed record GoalGauge(int Pairs, int Separated, int Ballots, (string First, string Second)? Next, double NextNeeds, double Narrows);
