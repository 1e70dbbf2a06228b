namespace Arena.Application.Leaderboards;

/// <summary>What a snapshot holds. The first method leads, the others stand beside it.</summary>
/// <param name="Methods">At least one.</param>
/// <param name="Samples">Samples of the suite version.</param>
/// <param name="DiscordantSamples">Samples on which not all entries did equally well: only these order them.</param>
/// <param name="Confidence">Of every interval, for example 0.95.</param>
/// <param name="BootstrapRounds">Resamplings behind the intervals.</param>
public sealed record LeaderboardContent(
    IReadOnlyList<MethodStandings> Methods,
    int Samples,
    int DiscordantSamples,
    double Confidence,
    int BootstrapRounds)
{
    /// <summary>On boards that stand on votes: all of them; null on others.</summary>
    public VoteTotals? Votes { get; init; }
}

/// <summary>What a board of votes stands on.</summary>
/// <param name="Ballots">Ballots that count: each is one observation, clustered by voter and by sample.</param>
/// <param name="Voters">Different people who cast them.</param>
/// <param name="Samples">Different samples that they were cast on.</param>
/// <param name="Pending">Ballots that wait for a maintainer's decision.</param>
/// <param name="Excluded">Ballots that do not count, skips apart.</param>
/// <param name="Skipped">Battles that voters passed on.</param>
/// <param name="Pairs">Pairs of entries.</param>
/// <param name="NextPairs">The pairs that are nearest to being separated, the nearest first.</param>
public sealed record VoteTotals(int Ballots, int Voters, int Samples, long Pending, long Excluded, long Skipped, int Pairs, IReadOnlyList<OpenPair> NextPairs);

/// <summary>Two entries that are not separated yet.</summary>
/// <param name="First">The slug of the one that leads.</param>
/// <param name="Second">The slug of the other.</param>
/// <param name="BallotsNeeded">About how many more ballots, spread as those so far, would separate them, if the difference is as estimated.</param>
public sealed record OpenPair(string First, string Second, double BallotsNeeded);
