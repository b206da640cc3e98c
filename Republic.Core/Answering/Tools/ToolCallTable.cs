using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Minions;

namespace Republic.Core.Answering.Tools;

internal sealed class ToolCallTable : IEntityTypeConfiguration<ToolCall>
{
    public void Configure(EntityTypeBuilder<ToolCall> call)
    {
        call.ToTable("ToolCalls");
        call.Property(c => c.CallId).HasMaxLength(300);
        call.Property(c => c.Name).HasMaxLength(200);
        call.Property(c => c.Tool).HasMaxLength(200);
        call.Property(c => c.Server).HasMaxLength(100);
        call.Property(c => c.DefinitionHash).HasMaxLength(64);
        call.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        call.HasOne<Minion>().WithMany().HasForeignKey(c => c.MinionId).OnDelete(DeleteBehavior.Cascade);
        call.HasIndex(c => new
            {
                c.MessageId,
                c.Round,
                c.Position,
            })
            .IsUnique();
        call.HasIndex(c => new
            {
                c.AttemptId,
                c.Round,
                c.Position,
            })
            .IsUnique();
        call.HasIndex(c => new
            {
                c.StepId,
                c.Round,
                c.Position,
            })
            .IsUnique();
        call.HasIndex(c => new { c.OwnerId, c.Id });
        call.HasIndex(c => new { c.MinionId, c.AskedAt });
        // The sweep looks at the few that are not over.
        call.HasIndex(c => c.AskedAt).HasFilter("status in ('Pending', 'Approved', 'Running')");
    }
}
