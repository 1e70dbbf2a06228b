using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Arena.Data.Ids;

internal static class TypedIdConverters
{
    /// <summary>Every typed id is stored as the uuid that it wraps.</summary>
    public static void Register(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<SuiteId>().HaveConversion<SuiteIdConverter>();
        configuration.Properties<SuiteVersionId>().HaveConversion<SuiteVersionIdConverter>();
        configuration.Properties<EntryId>().HaveConversion<EntryIdConverter>();
        configuration.Properties<EntryVersionId>().HaveConversion<EntryVersionIdConverter>();
        configuration.Properties<RunId>().HaveConversion<RunIdConverter>();
        configuration.Properties<LeaderboardId>().HaveConversion<LeaderboardIdConverter>();
        configuration.Properties<WorkerId>().HaveConversion<WorkerIdConverter>();
        configuration.Properties<VotingArenaId>().HaveConversion<VotingArenaIdConverter>();
        configuration.Properties<BattleId>().HaveConversion<BattleIdConverter>();
    }

    private sealed class SuiteIdConverter() : ValueConverter<SuiteId, Guid>(id => id.Value, value => new SuiteId(value));

    private sealed class SuiteVersionIdConverter() : ValueConverter<SuiteVersionId, Guid>(id => id.Value, value => new SuiteVersionId(value));

    private sealed class EntryIdConverter() : ValueConverter<EntryId, Guid>(id => id.Value, value => new EntryId(value));

    private sealed class EntryVersionIdConverter() : ValueConverter<EntryVersionId, Guid>(id => id.Value, value => new EntryVersionId(value));

    private sealed class RunIdConverter() : ValueConverter<RunId, Guid>(id => id.Value, value => new RunId(value));

    private sealed class LeaderboardIdConverter() : ValueConverter<LeaderboardId, Guid>(id => id.Value, value => new LeaderboardId(value));

    private sealed class WorkerIdConverter() : ValueConverter<WorkerId, Guid>(id => id.Value, value => new WorkerId(value));

    private sealed class VotingArenaIdConverter() : ValueConverter<VotingArenaId, Guid>(id => id.Value, value => new VotingArenaId(value));

    private sealed class BattleIdConverter() : ValueConverter<BattleId, Guid>(id => id.Value, value => new BattleId(value));
}
