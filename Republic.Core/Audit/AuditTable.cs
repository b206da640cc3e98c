using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Audit;

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entries");
        entry.HasKey(e => e.Number);
        entry.Property(e => e.Number).ValueGeneratedNever();
        entry.Property(e => e.Action).HasMaxLength(64);
        entry.Property(e => e.Subject).HasMaxLength(AuditLog.SubjectLength);
        entry.Property(e => e.Address).HasMaxLength(64);
        entry.HasIndex(e => new { e.PersonId, e.Number });
        entry.HasIndex(e => new { e.Action, e.Number });
    }
}
