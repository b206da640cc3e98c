using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Minions.Models;

internal sealed class SyncVisitTable : IEntityTypeConfiguration<SyncVisit>
{
    public void Configure(EntityTypeBuilder<SyncVisit> visit)
    {
        visit.HasKey(v => v.OwnerId);
        visit.HasOne<Person>().WithOne().HasForeignKey<SyncVisit>(v => v.OwnerId).OnDelete(DeleteBehavior.Cascade);
        visit.HasIndex(v => v.DueAt);
    }
}
