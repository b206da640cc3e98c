using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Providers.Prices;

internal sealed class PriceOverrideTable : IEntityTypeConfiguration<PriceOverride>
{
    public void Configure(EntityTypeBuilder<PriceOverride> price)
    {
        price.HasOne<Person>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Cascade);
        price
            .HasIndex(p => new
            {
                p.OwnerId,
                p.Provider,
                p.Model,
            })
            .IsUnique()
            .AreNullsDistinct(false);
        price.Property(p => p.Provider).HasMaxLength(64);
        price.Property(p => p.Model).HasMaxLength(300);
        price.Property(p => p.Note).HasMaxLength(PriceInput.LongestNote);
        price.Property(p => p.Input).HasPrecision(18, 6);
        price.Property(p => p.Output).HasPrecision(18, 6);
        price.Property(p => p.CachedInput).HasPrecision(18, 6);
        price.Property(p => p.CacheWrite).HasPrecision(18, 6);
    }
}
