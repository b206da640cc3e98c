using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;

namespace Republic.Core.Providers.Listings;

internal sealed class ProviderListTable : IEntityTypeConfiguration<ProviderList>
{
    public void Configure(EntityTypeBuilder<ProviderList> list)
    {
        list.Property(l => l.Id).ValueGeneratedNever();
        list.HasOne<Person>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.Cascade);
        list.HasIndex(l => new { l.OwnerId, l.Provider });
        list.HasIndex(l => l.ReadAt);
        list.Property(l => l.Provider).HasMaxLength(64);
        list.Property(l => l.BaseUrl).HasMaxLength(6000);
        list.Property(l => l.Models).IsJson(SnakeCaseJson.Compact);
        list.Ignore(l => l.Present);
    }
}
