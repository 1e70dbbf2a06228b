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
    int BootstrapRounds);
