using Arena.Data.Accounts;
using Arena.Data.Suites;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Entries;

internal sealed class EntryMapping : IEntityTypeConfiguration<Entry>
{
    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.ToTable("entries");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Slug).HasMaxLength(96);
        builder.HasIndex(entry => entry.Slug).IsUnique();
        builder.Property(entry => entry.Kind).HasConversion<string>().HasMaxLength(32);
        builder.HasOne<Suite>().WithMany().HasForeignKey(entry => entry.BaselineOf).OnDelete(DeleteBehavior.Restrict);
        // an account may be deleted; what it submitted stays, without an owner
        builder.HasOne<ArenaUser>().WithMany().HasForeignKey(entry => entry.OwnerId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class EntryVersionMapping : IEntityTypeConfiguration<EntryVersion>
{
    public void Configure(EntityTypeBuilder<EntryVersion> builder)
    {
        builder.ToTable("entry_versions");
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.HasIndex(version => new { version.EntryId, version.Number }).IsUnique();
        builder.Property(version => version.ArtifactSha256).HasMaxLength(64);
        builder.Property(version => version.Preprocessing).HasMaxLength(64);
        builder.Property(version => version.OutputName).HasMaxLength(256);
        builder.Property(version => version.OutputKind).HasMaxLength(32);
        builder.HasOne(version => version.Entry).WithMany(entry => entry.Versions).HasForeignKey(version => version.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.OwnsOne(version => version.Card, card => card.ToJson("card"));
    }
}
