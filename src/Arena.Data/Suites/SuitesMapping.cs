using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Suites;

internal sealed class SuiteMapping : IEntityTypeConfiguration<Suite>
{
    public void Configure(EntityTypeBuilder<Suite> builder)
    {
        builder.ToTable("suites");
        builder.Property(suite => suite.Id).ValueGeneratedNever();
        builder.Property(suite => suite.Slug).HasMaxLength(64);
        builder.HasIndex(suite => suite.Slug).IsUnique();
    }
}

internal sealed class SuiteVersionMapping : IEntityTypeConfiguration<SuiteVersion>
{
    public void Configure(EntityTypeBuilder<SuiteVersion> builder)
    {
        builder.ToTable("suite_versions");
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.HasIndex(version => new { version.SuiteId, version.Number }).IsUnique();
        builder.HasIndex(version => new { version.SuiteId, version.Checksum }).IsUnique();
        builder.Property(version => version.Checksum).HasMaxLength(64);
        builder.Property(version => version.ArchiveSha256).HasMaxLength(64);
        builder.HasOne(version => version.Suite).WithMany(suite => suite.Versions).HasForeignKey(version => version.SuiteId).OnDelete(DeleteBehavior.Restrict);
        // immutable once stored, so comparing by reference is enough
        builder.Property(version => version.InputBlobs).HasColumnType("jsonb").HasConversion(
            blobs => JsonSerializer.Serialize(blobs, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<IReadOnlyDictionary<string, string>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyDictionary<string, string>>((a, b) => ReferenceEquals(a, b), blobs => blobs.Count, blobs => blobs));
    }
}

internal sealed class SampleMapping : IEntityTypeConfiguration<Sample>
{
    public void Configure(EntityTypeBuilder<Sample> builder)
    {
        builder.ToTable("samples");
        builder.HasKey(sample => new { sample.SuiteVersionId, sample.Ordinal });
        builder.HasOne<SuiteVersion>().WithMany().HasForeignKey(sample => sample.SuiteVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}
