using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Security;

internal sealed class AllowedHostTable : IEntityTypeConfiguration<AllowedHost>
{
    public void Configure(EntityTypeBuilder<AllowedHost> host)
    {
        host.HasIndex(h => h.Host).IsUnique();
        host.Property(h => h.Host).HasMaxLength(300);
        host.HasOne<Person>().WithMany().HasForeignKey(h => h.AllowedBy).OnDelete(DeleteBehavior.SetNull);
    }
}
