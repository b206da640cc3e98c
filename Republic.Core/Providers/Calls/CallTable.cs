using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Providers.Calls;

internal sealed class CallTable : IEntityTypeConfiguration<ModelCall>
{
    public void Configure(EntityTypeBuilder<ModelCall> call)
    {
        call.HasKey(c => new { c.RouteId, c.Hop });
        call.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        call.HasIndex(c => new { c.OwnerId, c.StartedAt });
        call.HasIndex(c => new { c.MinionId, c.StartedAt });
        call.HasIndex(c => new { c.KeyId, c.StartedAt });
        call.Property(c => c.Provider).HasMaxLength(64);
        call.Property(c => c.Model).HasMaxLength(300);
        call.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(16);
        call.Property(c => c.Outcome).HasConversion<string>().HasMaxLength(16);
        call.Property(c => c.Error).HasConversion<string>().HasMaxLength(32);
        call.Property(c => c.PriceSource).HasConversion<string>().HasMaxLength(16);
        call.Property(c => c.IsJudged)
            .HasComputedColumnSql(
                "outcome not in ('Cancelled', 'Cached') and purpose <> 'Draft' and coalesce(error, '') not in ('BadRequest', 'ContextTooLong')",
                stored: true
            );
        call.Property(c => c.Cost).HasPrecision(18, 9);
    }
}
