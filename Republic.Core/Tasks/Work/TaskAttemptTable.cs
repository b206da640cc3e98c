using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Tasks.Comments;

namespace Republic.Core.Tasks.Work;

internal sealed class TaskAttemptTable : IEntityTypeConfiguration<TaskAttempt>, IEntityTypeConfiguration<TurnPiece<TaskAttempt>>
{
    public void Configure(EntityTypeBuilder<TurnPiece<TaskAttempt>> piece) => piece.ConfigurePieces("TaskAttemptPieces");

    public void Configure(EntityTypeBuilder<TaskAttempt> attempt)
    {
        attempt.ToTable("TaskAttempts");
        attempt.ConfigureTurn();
        attempt.Property(a => a.Content).HasColumnName("text");
        attempt.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<WorkTask>().WithMany().HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<Citizen>().WithMany().HasForeignKey(a => a.MinionId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<TaskComment>().WithMany().HasForeignKey(a => a.CommentId).OnDelete(DeleteBehavior.SetNull);
        attempt.HasMany<ToolCall>().WithOne().HasForeignKey(c => c.AttemptId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasIndex(a => new { a.TaskId, a.Id });
        attempt.HasIndex(a => a.State).HasFilter("state = 'Waiting'");
        // One at a time: held here, where several nodes meet.
        attempt.HasIndex(a => a.TaskId).IsUnique().HasFilter("state in ('Pending', 'Streaming', 'Waiting')");
    }
}
