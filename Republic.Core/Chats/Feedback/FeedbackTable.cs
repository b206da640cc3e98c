using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Chats.Messages;

namespace Republic.Core.Chats.Feedback;

internal sealed class FeedbackTable : IEntityTypeConfiguration<MessageFeedback>
{
    public void Configure(EntityTypeBuilder<MessageFeedback> feedback)
    {
        feedback.HasKey(f => new { f.MessageId, f.PersonId });
        feedback.Property(f => f.Correction).HasMaxLength(FeedbackRules.LongestCorrection);
        feedback.Property(f => f.Comment).HasMaxLength(FeedbackRules.LongestComment);
        feedback.HasOne<Message>().WithMany().HasForeignKey(f => f.MessageId).OnDelete(DeleteBehavior.Cascade);
        feedback.HasOne<Person>().WithMany().HasForeignKey(f => f.PersonId).OnDelete(DeleteBehavior.Cascade);
        feedback.HasIndex(f => f.PersonId);
        // How much a minion earned today is asked at each good score.
        feedback.HasIndex(f => f.ExperienceAt).HasFilter("experience_at is not null");
    }
}
