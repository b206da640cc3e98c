using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Minions;

namespace Republic.Core.Answering.Links;

internal sealed class CollectionLinkTable : IEntityTypeConfiguration<CollectionLink>
{
    public void Configure(EntityTypeBuilder<CollectionLink> link)
    {
        link.HasKey(l => new { l.MinionId, l.CollectionId });
        link.HasOne<Minion>().WithMany().HasForeignKey(l => l.MinionId).OnDelete(DeleteBehavior.Cascade);
        link.HasOne<Collection>().WithMany().HasForeignKey(l => l.CollectionId).OnDelete(DeleteBehavior.Cascade);
        link.HasIndex(l => l.CollectionId);
    }
}
