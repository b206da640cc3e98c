using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training;

internal sealed class TrainingTables
    : IEntityTypeConfiguration<TrainingJob>,
        IEntityTypeConfiguration<TrainingStep>,
        IEntityTypeConfiguration<TrainingCall>,
        IEntityTypeConfiguration<TrainingEvent>,
        IEntityTypeConfiguration<TrainedRow>
{
    public const int MaxName = 200;
    public const int MaxDescription = 2000;

    public void Configure(EntityTypeBuilder<TrainingJob> job)
    {
        job.Property(j => j.Name).HasMaxLength(MaxName);
        job.Property(j => j.Description).HasMaxLength(MaxDescription);
        job.Property(j => j.Provider).HasMaxLength(64);
        job.Property(j => j.ModelName).HasMaxLength(300);
        job.Property(j => j.Config).IsJson(TrainingJson.Options);
        job.Property(j => j.Before).IsJson(TrainingJson.Options);
        job.Property(j => j.Report).IsJson(TrainingJson.Options);
        job.HasOne<Person>().WithMany().HasForeignKey(j => j.OwnerId).OnDelete(DeleteBehavior.Cascade);
        job.HasOne<Minion>().WithMany().HasForeignKey(j => j.MinionId).OnDelete(DeleteBehavior.Cascade);
        job.HasIndex(j => new { j.OwnerId, j.Id });
        job.Property(j => j.Origin).HasDefaultValue(RunOrigin.Datasets).HasSentinel(RunOrigin.Datasets);
        job.HasIndex(j => j.MinionId);
        job.HasIndex(j => j.WorkId);
    }

    public void Configure(EntityTypeBuilder<TrainingStep> step)
    {
        step.ToTable("TrainingSteps");
        step.HasKey(s => new { s.TrainingJobId, s.Index });
        step.Property(s => s.Output).HasColumnType("jsonb");
        step.HasOne<TrainingJob>().WithMany().HasForeignKey(s => s.TrainingJobId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TrainingCall> call)
    {
        call.ToTable("TrainingCalls");
        call.Property(c => c.Key).HasMaxLength(200);
        call.Property(c => c.Answer).HasColumnType("jsonb");
        call.HasOne<TrainingJob>().WithMany().HasForeignKey(c => c.TrainingJobId).OnDelete(DeleteBehavior.Cascade);
        call.HasIndex(c => c.StartedAt);
        call.HasIndex(c => new
            {
                c.TrainingJobId,
                c.Key,
                c.Attempt,
            })
            .IsUnique();
    }

    public void Configure(EntityTypeBuilder<TrainedRow> row)
    {
        row.ToTable("TrainedRows");
        row.HasKey(r => new { r.MinionId, r.Hash });
        row.HasOne<Minion>().WithMany().HasForeignKey(r => r.MinionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TrainingEvent> told)
    {
        told.ToTable("TrainingEvents");
        told.Property(e => e.Kind).HasMaxLength(16);
        told.Property(e => e.Data).HasColumnType("jsonb");
        told.HasOne<TrainingJob>().WithMany().HasForeignKey(e => e.TrainingJobId).OnDelete(DeleteBehavior.Cascade);
        told.HasIndex(e => new { e.TrainingJobId, e.Id });
    }
}
