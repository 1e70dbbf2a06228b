using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Arena.Data.Audit;

internal sealed class AuditEventMapping : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_events");
        builder.HasKey(audit => audit.Sequence);
        builder.Property(audit => audit.Sequence).ValueGeneratedNever();
        builder.Property(audit => audit.Actor).HasMaxLength(128);
        builder.Property(audit => audit.Action).HasMaxLength(64);
        builder.Property(audit => audit.Subject).HasMaxLength(256);
    }
}
