namespace Arena.Data.Ids;

/// <summary>A suite: what is stable over its versions.</summary>
public readonly record struct SuiteId(Guid Value);

/// <summary>One immutable version of a suite.</summary>
public readonly record struct SuiteVersionId(Guid Value);

/// <summary>An entry: what competes, over all its versions.</summary>
public readonly record struct EntryId(Guid Value);

/// <summary>One immutable version of an entry.</summary>
public readonly record struct EntryVersionId(Guid Value);

/// <summary>One entry version on one suite version on one class of hardware.</summary>
public readonly record struct RunId(Guid Value);

/// <summary>A leaderboard: its definition, over all its snapshots.</summary>
public readonly record struct LeaderboardId(Guid Value);

/// <summary>A worker that has registered.</summary>
public readonly record struct WorkerId(Guid Value);

/// <summary>A place where people vote.</summary>
public readonly record struct VotingArenaId(Guid Value);

/// <summary>What was put before one voter once.</summary>
public readonly record struct BattleId(Guid Value);
