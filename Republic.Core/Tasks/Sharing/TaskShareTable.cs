using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Tasks.Sharing;

internal sealed class TaskShareTable : IEntityTypeConfiguration<TaskShare>
{
    public void Configure(EntityTypeBuilder<TaskShare> share)
    {
        share.ToTable("TaskShares");
        share.Property(s => s.Name).HasMaxLength(TaskShare.LongestName);
        // Normalizing may write one letter as several.
        share.Property(s => s.NormalizedName).HasMaxLength(4 * TaskShare.LongestName);
        share.HasOne<WorkTask>().WithMany().HasForeignKey(s => s.TaskId).OnDelete(DeleteBehavior.Cascade);
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        share.HasIndex(s => new { s.TaskId, s.NormalizedName }).IsUnique();
        share.HasIndex(s => new { s.TaskId, s.PersonId }).IsUnique();
        share.HasIndex(s => new { s.PersonId, s.Id });
        share.HasIndex(s => s.OwnerId);
    }
}
