namespace Arena.Application.Leaderboards;

/// <summary>The newest snapshot of a board, in short.</summary>
public sealed record LastSnapshot(long Version, string Fingerprint, DateTimeOffset CreatedAt);
