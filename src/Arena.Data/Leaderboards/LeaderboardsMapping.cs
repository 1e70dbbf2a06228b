using Arena.Data.Suites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Leaderboards;

internal sealed class LeaderboardMapping : IEntityTypeConfiguration<Leaderboard>
{
    public void Configure(EntityTypeBuilder<Leaderboard> builder)
    {
        builder.ToTable("leaderboards");
        builder.Property(board => board.Id).ValueGeneratedNever();
        builder.Property(board => board.Slug).HasMaxLength(64);
        builder.HasIndex(board => board.Slug).IsUnique();
        builder.Property(board => board.Metric).HasMaxLength(64);
        builder.Property(board => board.Source).HasConversion<string>().HasMaxLength(16).HasDefaultValue(BoardSource.Measurements);
        builder.HasOne<Suite>().WithMany().HasForeignKey(board => board.SuiteId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LeaderboardSnapshotMapping : IEntityTypeConfiguration<LeaderboardSnapshot>
{
    public void Configure(EntityTypeBuilder<LeaderboardSnapshot> builder)
    {
        builder.ToTable("leaderboard_snapshots");
        builder.HasKey(snapshot => new { snapshot.LeaderboardId, snapshot.Version });
        builder.Property(snapshot => snapshot.Content).HasColumnType("jsonb");
        builder.HasOne<Leaderboard>().WithMany().HasForeignKey(snapshot => snapshot.LeaderboardId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SuiteVersion>().WithMany().HasForeignKey(snapshot => snapshot.SuiteVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
