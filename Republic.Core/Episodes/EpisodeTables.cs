using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Memories;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Versions;

namespace Republic.Core.Episodes;

internal sealed class EpisodeTables
    : IEntityTypeConfiguration<Episode>,
        IEntityTypeConfiguration<Timeline>,
        IEntityTypeConfiguration<EpisodeEntry>,
        IEntityTypeConfiguration<Step>,
        IEntityTypeConfiguration<TurnPiece<Step>>,
        IEntityTypeConfiguration<AgentAssignment>
{
    public void Configure(EntityTypeBuilder<Episode> episode)
    {
        episode.ToTable("Episodes");
        episode.Property(e => e.Config).IsJson(EpisodeJson.Options);
        episode.HasOne<Person>().WithMany().HasForeignKey(e => e.OwnerId).OnDelete(DeleteBehavior.Cascade);
        // A scenario that was played is archived and not deleted; with its owner's account both go.
        episode
            .HasOne<ScenarioVersion>()
            .WithMany()
            .HasPrincipalKey(v => new { v.ScenarioId, v.Number })
            .HasForeignKey(e => new { e.ScenarioId, e.Version })
            .OnDelete(DeleteBehavior.NoAction);
        // What was learned in it stays with the minion, as its person agreed.
        episode.HasMany<Memory>().WithOne().HasForeignKey(m => m.EpisodeId).OnDelete(DeleteBehavior.SetNull);
        episode.HasMany(e => e.Timelines).WithOne().HasForeignKey(t => t.EpisodeId).OnDelete(DeleteBehavior.Cascade);
        episode.HasIndex(e => new { e.OwnerId, e.Id });
    }

    public void Configure(EntityTypeBuilder<Timeline> timeline)
    {
        timeline.ToTable("Timelines");
        timeline.Property(t => t.Hash).HasMaxLength(32);
        timeline.Property(t => t.State).IsJson(EpisodeJson.Options);
        timeline.HasIndex(t => t.EpisodeId);
        timeline.HasIndex(t => t.Until).HasFilter("until is not null");
        timeline.HasIndex(t => t.JobId).HasFilter("job_id is not null");
    }

    public void Configure(EntityTypeBuilder<EpisodeEntry> entry)
    {
        entry.ToTable("EpisodeEntries");
        entry.HasKey(e => new { e.TimelineId, e.Seq });
        entry.Property(e => e.Kind).HasMaxLength(20);
        entry.Property(e => e.Hash).HasMaxLength(32);
        entry.HasOne<Timeline>().WithMany().HasForeignKey(e => e.TimelineId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Step> step)
    {
        step.ToTable("Steps");
        step.ConfigureTurn();
        step.Property(s => s.Content).HasColumnName("generated_text");
        step.Property(s => s.Action).HasMaxLength(ScenarioRules.LongestElementName);
        step.Property(s => s.Role).HasMaxLength(ScenarioRules.LongestElementName);
        step.Property(s => s.Outcome).HasMaxLength(ScenarioRules.LongestLabel);
        step.Property(s => s.PromptHash).HasMaxLength(64);
        step.HasOne<Timeline>().WithMany().HasForeignKey(s => s.TimelineId).OnDelete(DeleteBehavior.Cascade);
        // Whoever acted may be gone: what they did stays, as in the journal.
        step.HasIndex(s => new { s.TimelineId, s.Seq });
        step.HasIndex(s => s.CitizenId);
        step.HasIndex(s => s.State).HasFilter("state = 'Waiting'");
        step.HasMany<ToolCall>().WithOne().HasForeignKey(c => c.StepId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TurnPiece<Step>> piece) => piece.ConfigurePieces("StepPieces");

    public void Configure(EntityTypeBuilder<AgentAssignment> assignment)
    {
        assignment.ToTable("AgentAssignments");
        assignment.Property(a => a.Role).HasMaxLength(ScenarioRules.LongestElementName);
        assignment.Property(a => a.Description).HasMaxLength(EpisodeRules.LongestDescription);
        assignment.HasOne<Timeline>().WithMany().HasForeignKey(a => a.TimelineId).OnDelete(DeleteBehavior.Cascade);
        // Whoever played may be gone: until when they did is told by who took over, and that row stays.
        assignment.HasIndex(a => a.EpisodeId);
        assignment.HasIndex(a => new { a.CitizenId, a.EpisodeId });
    }
}
