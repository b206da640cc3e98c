using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Minions;

namespace Republic.Core.Interactions;

internal sealed class InteractionTables : IEntityTypeConfiguration<LearnedPair>, IEntityTypeConfiguration<LearningSettings>
{
    public void Configure(EntityTypeBuilder<LearnedPair> pair)
    {
        pair.HasKey(p => new { p.DatasetId, p.MessageId });
        pair.HasOne<Person>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Cascade);
        pair.HasOne<Minion>().WithMany().HasForeignKey(p => p.MinionId).OnDelete(DeleteBehavior.Cascade);
        pair.HasIndex(p => p.ConversationId);
        pair.HasIndex(p => p.MinionId);
    }

    public void Configure(EntityTypeBuilder<LearningSettings> settings)
    {
        settings.HasKey(s => s.MinionId);
        settings.Property(s => s.Rules).IsJson(SnakeCaseJson.Compact);
        settings.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        settings.HasOne<Minion>().WithMany().HasForeignKey(s => s.MinionId).OnDelete(DeleteBehavior.Cascade);
    }
}
