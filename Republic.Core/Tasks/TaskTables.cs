using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks;

internal sealed class TaskTables
    : IEntityTypeConfiguration<WorkTask>,
        IEntityTypeConfiguration<TaskDependency>,
        IEntityTypeConfiguration<TaskNumbers>,
        IEntityTypeConfiguration<TaskComment>,
        IEntityTypeConfiguration<TaskAttachment>,
        IEntityTypeConfiguration<TaskActivity>,
        IEntityTypeConfiguration<TaskFilter>,
        IEntityTypeConfiguration<TaskShare>
{
    public void Configure(EntityTypeBuilder<WorkTask> task)
    {
        task.ToTable("Tasks");
        task.Property(t => t.Title).HasMaxLength(TaskRules.LongestTitle);
        task.Property(t => t.Description).HasMaxLength(TaskRules.LongestText);
        task.Property(t => t.Capability).HasMaxLength(TaskRules.LongestLabel);
        task.Property(t => t.Budget).HasPrecision(18, 9);
        task.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Cascade);
        // Only owners make tasks: where that is gone, so is the owner.
        task.HasOne<Citizen>().WithMany().HasForeignKey(t => t.CreatedBy).OnDelete(DeleteBehavior.Cascade);
        task.HasOne<Citizen>().WithMany().HasForeignKey(t => t.AssignedTo).OnDelete(DeleteBehavior.SetNull);
        task.HasOne<Citizen>().WithMany().HasForeignKey(t => t.AssignedBy).OnDelete(DeleteBehavior.SetNull);
        task.HasOne<WorkTask>().WithMany().HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.NoAction);
        task.HasOne<Conversation>().WithMany().HasForeignKey(t => t.SourceConversationId).OnDelete(DeleteBehavior.SetNull);
        task.HasOne<Message>().WithMany().HasForeignKey(t => t.SourceMessageId).OnDelete(DeleteBehavior.SetNull);
        task.HasMany(t => t.Dependencies).WithOne().HasForeignKey(d => d.TaskId).OnDelete(DeleteBehavior.Cascade);
        task.HasIndex(t => new { t.OwnerId, t.Number }).IsUnique();
        task.HasIndex(t => new
        {
            t.OwnerId,
            t.Status,
            t.Position,
        });
        task.HasIndex(t => t.AssignedTo);
        task.HasIndex(t => t.RootId);
    }

    public void Configure(EntityTypeBuilder<TaskDependency> dependency)
    {
        dependency.ToTable("TaskDependencies");
        dependency.HasKey(d => new { d.TaskId, d.DependsOnId });
        // A task that others wait for is not deleted alone, but with all tasks of its owner, in any order.
        dependency.HasOne<WorkTask>().WithMany().HasForeignKey(d => d.DependsOnId).OnDelete(DeleteBehavior.Cascade);
        dependency.HasIndex(d => d.DependsOnId);
    }

    public void Configure(EntityTypeBuilder<TaskNumbers> numbers)
    {
        numbers.ToTable("TaskNumbers");
        numbers.HasKey(n => n.OwnerId);
        numbers.HasOne<Person>().WithOne().HasForeignKey<TaskNumbers>(n => n.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TaskComment> comment)
    {
        comment.ToTable("TaskComments");
        comment.Property(c => c.Content).HasMaxLength(TaskRules.LongestText);
        comment.HasOne<WorkTask>().WithMany().HasForeignKey(c => c.TaskId).OnDelete(DeleteBehavior.Cascade);
        // What a guest wrote is a part of the task, which is somebody else's.
        comment.HasOne<Citizen>().WithMany().HasForeignKey(c => c.CitizenId).OnDelete(DeleteBehavior.SetNull);
        comment.HasIndex(c => new { c.TaskId, c.Id });
    }

    public void Configure(EntityTypeBuilder<TaskAttachment> attachment)
    {
        attachment.ToTable("TaskAttachments");
        attachment.Property(a => a.FileName).HasMaxLength(200);
        attachment.Property(a => a.MimeType).HasMaxLength(100);
        attachment.Property(a => a.Sha256).HasMaxLength(64);
        attachment.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Cascade);
        attachment.HasOne<WorkTask>().WithMany().HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Cascade);
        attachment.HasOne<Citizen>().WithMany().HasForeignKey(a => a.CitizenId).OnDelete(DeleteBehavior.Cascade);
        attachment.HasIndex(a => new { a.TaskId, a.Id });
        attachment.HasIndex(a => a.OwnerId);
    }

    public void Configure(EntityTypeBuilder<TaskActivity> activity)
    {
        activity.ToTable("TaskActivities");
        activity.Property(a => a.Before).HasMaxLength(TaskRules.LongestTitle);
        activity.Property(a => a.After).HasMaxLength(TaskRules.LongestTitle);
        activity.HasOne<WorkTask>().WithMany().HasForeignKey(a => a.TaskId).OnDelete(DeleteBehavior.Cascade);
        activity.HasOne<Citizen>().WithMany().HasForeignKey(a => a.CitizenId).OnDelete(DeleteBehavior.SetNull);
        activity.HasIndex(a => new { a.TaskId, a.Id });
    }

    public void Configure(EntityTypeBuilder<TaskFilter> filter)
    {
        filter.ToTable("TaskFilters");
        filter.Property(f => f.Name).HasMaxLength(TaskRules.LongestLabel);
        filter.Property(f => f.Query).HasMaxLength(TaskFilter.LongestQuery);
        filter.HasOne<Person>().WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Cascade);
        filter.HasIndex(f => new { f.OwnerId, f.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<TaskShare> share) => share.ConfigureShare<TaskShare, WorkTask>("TaskShares", "task_id");
}
