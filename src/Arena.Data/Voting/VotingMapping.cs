using Arena.Data.Leaderboards;
using Arena.Data.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Voting;

internal sealed class VotingArenaMapping : IEntityTypeConfiguration<VotingArena>
{
    public void Configure(EntityTypeBuilder<VotingArena> builder)
    {
        builder.ToTable("voting_arenas");
        builder.Property(arena => arena.Id).ValueGeneratedNever();
        builder.Property(arena => arena.Slug).HasMaxLength(64);
        builder.HasIndex(arena => arena.Slug).IsUnique();
        builder.HasIndex(arena => arena.LeaderboardId).IsUnique();
        builder.Property(arena => arena.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(arena => arena.Policy).HasMaxLength(32);
        builder.HasOne(arena => arena.SuiteVersion).WithMany().HasForeignKey(arena => arena.SuiteVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Leaderboard>().WithMany().HasForeignKey(arena => arena.LeaderboardId).OnDelete(DeleteBehavior.Restrict);
        // two maintainers who save at once: the later one is told, nothing is overwritten in silence
        builder.Property<uint>("Xmin").IsRowVersion();
    }
}

internal sealed class ContestantMapping : IEntityTypeConfiguration<Contestant>
{
    public void Configure(EntityTypeBuilder<Contestant> builder)
    {
        builder.ToTable("contestants");
        builder.HasKey(contestant => new { contestant.ArenaId, contestant.Ordinal });
        builder.HasIndex(contestant => new { contestant.ArenaId, contestant.EntryVersionId }).IsUnique();
        builder.HasOne<VotingArena>().WithMany(arena => arena.Contestants).HasForeignKey(contestant => contestant.ArenaId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(contestant => contestant.EntryVersion).WithMany().HasForeignKey(contestant => contestant.EntryVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Run>().WithMany().HasForeignKey(contestant => contestant.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VotingSampleMapping : IEntityTypeConfiguration<VotingSample>
{
    public void Configure(EntityTypeBuilder<VotingSample> builder)
    {
        builder.ToTable("voting_samples");
        builder.HasKey(sample => new { sample.ArenaId, sample.Ordinal });
        builder.HasOne<VotingArena>().WithMany(arena => arena.Samples).HasForeignKey(sample => sample.ArenaId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class VoterMapping : IEntityTypeConfiguration<Voter>
{
    public void Configure(EntityTypeBuilder<Voter> builder)
    {
        builder.ToTable("voters");
        builder.Property(voter => voter.Id).ValueGeneratedNever();
        builder.HasIndex(voter => voter.Key).IsUnique();
    }
}

internal sealed class BattleMapping : IEntityTypeConfiguration<Battle>
{
    public void Configure(EntityTypeBuilder<Battle> builder)
    {
        builder.ToTable("battles");
        builder.Property(battle => battle.Id).ValueGeneratedNever();
        builder.Property(battle => battle.Policy).HasMaxLength(256);
        builder.HasOne<VotingArena>().WithMany().HasForeignKey(battle => battle.ArenaId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Voter>().WithMany().HasForeignKey(battle => battle.VoterId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BallotMapping : IEntityTypeConfiguration<Ballot>
{
    /// <summary>What a live board reads on from.</summary>
    public const string SequenceIndex = "ix_ballots_arena_sequence";

    /// <summary>The review list.</summary>
    public const string PendingIndex = "ix_ballots_pending";

    public void Configure(EntityTypeBuilder<Ballot> builder)
    {
        builder.ToTable("ballots");
        builder.HasKey(ballot => ballot.BattleId);
        builder.Property(ballot => ballot.Sequence).UseIdentityAlwaysColumn();
        builder.Property(ballot => ballot.EligibilityReason).HasMaxLength(32);
        builder.HasIndex(ballot => new { ballot.ArenaId, ballot.Sequence }, SequenceIndex).IsUnique();
        builder.HasIndex(ballot => new { ballot.VoterId, ballot.Sequence });
        builder.HasIndex(ballot => new { ballot.ArenaId, ballot.Sequence }, PendingIndex).HasFilter($"eligibility = {(int)Eligibility.Pending}");
        builder.HasOne(ballot => ballot.Battle).WithOne().HasForeignKey<Ballot>(ballot => ballot.BattleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<VotingArena>().WithMany().HasForeignKey(ballot => ballot.ArenaId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Voter>().WithMany().HasForeignKey(ballot => ballot.VoterId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EligibilityChangeMapping : IEntityTypeConfiguration<EligibilityChange>
{
    public void Configure(EntityTypeBuilder<EligibilityChange> builder)
    {
        builder.ToTable("eligibility_changes");
        builder.HasKey(change => change.Sequence);
        builder.Property(change => change.Sequence).UseIdentityAlwaysColumn();
        builder.Property(change => change.ReasonBefore).HasMaxLength(32);
        builder.Property(change => change.ReasonAfter).HasMaxLength(32);
        builder.HasIndex(change => change.BattleId);
        builder.HasIndex(change => new { change.ArenaId, change.Sequence });
        builder.HasOne<Ballot>().WithMany(ballot => ballot.History).HasForeignKey(change => change.BattleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class NetworkKeyMapping : IEntityTypeConfiguration<NetworkKey>
{
    public void Configure(EntityTypeBuilder<NetworkKey> builder)
    {
        builder.ToTable("network_keys");
        builder.HasKey(key => key.Day);
    }
}
