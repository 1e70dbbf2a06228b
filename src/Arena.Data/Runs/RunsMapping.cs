using Arena.Data.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Runs;

internal sealed class RunMapping : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("runs");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.HardwareClass).HasMaxLength(64);
        builder.Property(run => run.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(run => run.FailureFault).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(run => new { run.EntryVersionId, run.SuiteVersionId, run.HardwareClass }).IsUnique();
        builder.HasIndex(run => run.SuiteVersionId);
        builder.HasOne(run => run.EntryVersion).WithMany().HasForeignKey(run => run.EntryVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(run => run.SuiteVersion).WithMany().HasForeignKey(run => run.SuiteVersionId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    /// <summary>Capability first: an index that only filters by it decays as other capabilities' jobs pile up.</summary>
    public const string ClaimIndex = "ix_jobs_claim";

    /// <summary>On the key alone, so that a heartbeat, which moves only the expiry, touches no index.</summary>
    public const string LeasedIndex = "ix_jobs_leased";

    /// <summary>The rest of a run's jobs, once one of them is claimed.</summary>
    public const string RunIndex = "ix_jobs_run_queued";

    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.Property(job => job.Id).UseIdentityAlwaysColumn();
        builder.Property(job => job.Capability).HasMaxLength(64);
        builder.Property(job => job.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(job => job.LastFault).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Run>().WithMany().HasForeignKey(job => job.RunId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Worker>().WithMany().HasForeignKey(job => job.WorkerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(job => new { job.RunId, job.FirstOrdinal }).IsUnique();
        builder.HasIndex(job => new { job.Capability, job.VirtualStart, job.Id }, ClaimIndex).HasFilter("state = 'Queued'");
        builder.HasIndex(job => new { job.RunId, job.FirstOrdinal }, RunIndex).HasFilter("state = 'Queued'");
        builder.HasIndex(job => job.Id, LeasedIndex).HasFilter("state = 'Leased'");
    }
}

internal sealed class QueueOwnerMapping : IEntityTypeConfiguration<QueueOwner>
{
    public void Configure(EntityTypeBuilder<QueueOwner> builder)
    {
        builder.ToTable("queue_owners");
        builder.HasKey(owner => owner.OwnerKey);
        builder.Property(owner => owner.OwnerKey).HasMaxLength(64);
    }
}

internal sealed class OutputChunkMapping : IEntityTypeConfiguration<OutputChunk>
{
    public void Configure(EntityTypeBuilder<OutputChunk> builder)
    {
        builder.ToTable("output_chunks");
        builder.HasKey(chunk => new { chunk.JobId, chunk.Attempt, chunk.FirstOrdinal });
        builder.HasOne<Job>().WithMany().HasForeignKey(chunk => chunk.JobId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MeasurementChunkMapping : IEntityTypeConfiguration<MeasurementChunk>
{
    public void Configure(EntityTypeBuilder<MeasurementChunk> builder)
    {
        builder.ToTable("measurement_chunks");
        builder.HasKey(chunk => new { chunk.RunId, chunk.Metric, chunk.FirstOrdinal });
        builder.Property(chunk => chunk.Metric).HasMaxLength(64);
        builder.HasOne<Run>().WithMany().HasForeignKey(chunk => chunk.RunId).OnDelete(DeleteBehavior.Restrict);
    }
}
