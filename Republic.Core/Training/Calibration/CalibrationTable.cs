using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Calibration;

internal sealed class CalibrationTable : IEntityTypeConfiguration<JudgeCalibration>
{
    public void Configure(EntityTypeBuilder<JudgeCalibration> calibration)
    {
        calibration.Property(c => c.Pairs).IsJson(TrainingJson.Options);
        calibration.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        calibration.HasOne<Minion>().WithMany().HasForeignKey(c => c.JudgeId).OnDelete(DeleteBehavior.Cascade);
        calibration.HasOne<TrainingJob>().WithMany().HasForeignKey(c => c.TrainingJobId).OnDelete(DeleteBehavior.SetNull);
        calibration.HasIndex(c => new { c.OwnerId, c.Id });
    }
}
