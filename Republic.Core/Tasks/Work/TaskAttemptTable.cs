using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Tasks.Comments;

namespace Republic.Core.Tasks.Work;

internal sealed class TaskAttemptTable : IEntityTypeConfiguration<TaskAttempt>
{
    public void Configure(EntityTypeBuilder<TaskAttempt> attempt)
    {
        attempt.ToTable("TaskAttempts");
        attempt.Property(a => a.Phase).HasMaxLength(200);
        attempt.Property(a => a.Provider).HasMaxLength(64);
        attempt.Property(a => a.Model).HasMaxLength(300);
        attempt.Property(a => a.Cost).HasPrecision(18, 9);
        attempt.Property(a => a.Route).IsJson(SnakeCaseJson.Compact);
        attempt.Property(a => a.Trace).IsJson(SnakeCaseJson.Compact);
        attempt.Ignore(a => a.IsActive);
        attempt.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<WorkTask>().WithMany().HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<Citizen>().WithMany().HasForeignKey(a => a.MinionId).OnDelete(DeleteBehavior.Cascade);
        attempt.HasOne<TaskComment>().WithMany().HasForeignKey(a => a.CommentId).OnDelete(DeleteBehavior.SetNull);
        attempt.HasIndex(a => new { a.TaskId, a.Id });
        // One at a time: held here, where several nodes meet.
        attempt.HasIndex(a => a.TaskId).IsUnique().HasFilter("state in ('Pending', 'Working')");
    }
}
