using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Workers;

internal sealed class WorkerMapping : IEntityTypeConfiguration<Worker>
{
    public void Configure(EntityTypeBuilder<Worker> builder)
    {
        builder.ToTable("workers");
        builder.Property(worker => worker.Id).ValueGeneratedNever();
        builder.Property(worker => worker.Name).HasMaxLength(128);
        builder.HasIndex(worker => worker.TokenHash).IsUnique();
    }
}
