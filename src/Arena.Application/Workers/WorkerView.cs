namespace Arena.Application.Workers;

/// <summary>A worker as the maintainers' board shows it.</summary>
/// <param name="State">online, silent, expected (it has a token and has not come yet) or revoked.</param>
public sealed record WorkerView(
    Guid Id,
    string Name,
    string State,
    string Software,
    string Hardware,
    IReadOnlyList<string> Capabilities,
    double SamplesPerSecond,
    DateTimeOffset? LastSeenAt,
    int LeasedJobs);
