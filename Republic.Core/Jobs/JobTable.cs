using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Jobs;

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.Property(j => j.Kind).HasMaxLength(32);
        job.Property(j => j.Node).HasMaxLength(128);
        job.Property(j => j.Phase).HasMaxLength(200);
        job.Property(j => j.WaitsFor).HasMaxLength(32);
        job.Property(j => j.Input).HasColumnType("jsonb");
        job.Property(j => j.Detail).HasColumnType("jsonb");
        job.Ignore(j => j.IsActive);
        job.Ignore(j => j.Remaining);
        job.HasOne<Person>().WithMany().HasForeignKey(j => j.OwnerId).OnDelete(DeleteBehavior.Cascade);
        job.HasIndex(j => j.OwnerId);
        job.HasIndex(j => j.Subject);
        job.HasIndex(j => j.FinishedAt);
        // The sweep looks at the few that are not over.
        job.HasIndex(j => j.HeartbeatAt).HasFilter("status in ('Queued', 'Running')");
        job.HasIndex(j => j.HeldUntil).HasFilter("held_until is not null");
    }
}
