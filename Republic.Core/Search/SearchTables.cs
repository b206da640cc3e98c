using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Search;

internal sealed class SearchTables : IEntityTypeConfiguration<MessageWords>, IEntityTypeConfiguration<TitleWords>
{
    public void Configure(EntityTypeBuilder<MessageWords> words)
    {
        words.HasOne<Message>().WithOne().HasForeignKey<MessageWords>(w => w.Id).OnDelete(DeleteBehavior.Cascade);
        words.HasIndex(w => new
        {
            w.OwnerId,
            w.SaidAt,
            w.Id,
        });
        // Without it what is inserted waits in a list, which every search would read from its beginning to its end.
        words.HasIndex(w => w.Words).HasMethod("gin").HasStorageParameter("fastupdate", false);
    }

    public void Configure(EntityTypeBuilder<TitleWords> words)
    {
        words.HasOne<Conversation>().WithOne().HasForeignKey<TitleWords>(w => w.Id).OnDelete(DeleteBehavior.Cascade);
        words.HasIndex(w => w.Words).HasMethod("gin").HasStorageParameter("fastupdate", false);
    }
}
