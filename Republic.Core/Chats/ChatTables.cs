using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Data;

namespace Republic.Core.Chats;

internal sealed class ChatTables
    : IEntityTypeConfiguration<Conversation>,
        IEntityTypeConfiguration<Participant>,
        IEntityTypeConfiguration<Message>,
        IEntityTypeConfiguration<TurnPiece<Message>>
{
    public const string OneAnswerAtATime = "ux_messages_one_answer_at_a_time";
    private const string Unread = "ix_participants_unread";

    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.Property(c => c.Title).HasMaxLength(200);
        conversation.Property(c => c.RelatedType).HasMaxLength(64);
        conversation.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        conversation.HasMany(c => c.Participants).WithOne().HasForeignKey(p => p.ConversationId).OnDelete(DeleteBehavior.Cascade);
        conversation.HasIndex(c => new { c.OwnerId, c.UpdatedAt });
        conversation.HasIndex(c => c.RelatedId).HasFilter("related_id is not null");
        // For every query by LINQ; SQL leaves them out itself.
        conversation.HasQueryFilter(c => c.DeletedAt == null);
        conversation.HasIndex(c => new { c.OwnerId, c.DeletedAt }).HasFilter("deleted_at is not null");
        // The index of the search looks for the few that it lacks.
        conversation.HasIndex(c => c.UpdatedAt).HasFilter("title is not null and not is_title_indexed");
    }

    public void Configure(EntityTypeBuilder<Participant> participant)
    {
        participant.HasKey(p => new { p.ConversationId, p.CitizenId });
        participant.HasOne(p => p.Citizen).WithMany().HasForeignKey(p => p.CitizenId).OnDelete(DeleteBehavior.Cascade);
        participant.HasIndex(p => p.CitizenId);
        // The few chats that a person has not read are counted on every page.
        participant
            .HasIndex(p => new { p.CitizenId, p.ConversationId }, Unread)
            .HasDatabaseName(Unread)
            .HasFilter("unread_since is not null");
    }

    public void Configure(EntityTypeBuilder<TurnPiece<Message>> piece) => piece.ConfigurePieces("MessagePieces");

    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ConfigureTurn();
        message.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationId).OnDelete(DeleteBehavior.Cascade);
        message.HasOne(m => m.Author).WithMany().HasForeignKey(m => m.AuthorId).OnDelete(DeleteBehavior.Cascade);
        message.HasMany<ToolCall>().WithOne().HasForeignKey(c => c.MessageId).OnDelete(DeleteBehavior.Cascade);
        message.HasIndex(m => new { m.ConversationId, m.CreatedAt });
        message.HasIndex(m => new { m.AuthorId, m.CreatedAt });
        // What is new in a chat. An answer that is being written stays out, so that its heartbeats do not touch the index.
        message.HasIndex(m => new { m.ConversationId, m.UpdatedAt }).HasFilter("state not in ('Pending', 'Streaming')");
        // The sweep for interrupted answers looks at the few that are being written.
        message.HasIndex(m => m.UpdatedAt).HasFilter("state in ('Pending', 'Streaming')");
        message.HasIndex(m => m.State).HasFilter("state = 'Waiting'");
        // The index of the search looks for the few that it lacks.
        message.HasIndex(m => m.CreatedAt).HasFilter("not is_indexed and state not in ('Pending', 'Streaming', 'Waiting')");
        message.Property(m => m.ClientKey).HasMaxLength(100);
        message.Property(m => m.Imported).IsJson();
        // One answer at a time, and one message for each form sent: held here, where several nodes meet.
        message
            .HasIndex(m => m.ConversationId, OneAnswerAtATime)
            .HasDatabaseName(OneAnswerAtATime)
            .IsUnique()
            .HasFilter("state in ('Pending', 'Streaming')");
        message.HasIndex(m => new { m.ConversationId, m.ClientKey }).IsUnique().HasFilter("client_key is not null");
    }
}
