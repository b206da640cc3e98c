using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Versions;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Reports;

/// <summary>
/// Step 9: the report, the experience and the version, saved in one transaction with the end of the job: all of it happens once, or
/// nothing does.
/// </summary>
internal sealed class RunFinalizer(TrainedRows rows, AuditLog audit, TimeProvider time)
{
    private const string OtherModel =
        "It waits as a draft: the minion was put on another model meanwhile, and these weights do not fit that. "
        + "Put the minion on its former model and choose this version.";

    public JobResult Of(StepRun run) => new((db, ct) => SaveAsync(db, run, ct));

    private async Task SaveAsync(RepublicDb db, StepRun run, CancellationToken ct)
    {
        // Versions are numbered one after the other, whoever else changes the minion just now.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {run.Job.MinionId} for no key update", ct);
        var minion = await db.Minions.SingleAsync(m => m.Id == run.Job.MinionId, ct);
        var now = time.GetUtcNow();
        var number = await NextNumberAsync(db, minion, now, ct);
        var improvements = run.Read<Improvements>(StepName.CalculateImprovements);
        var version = Version(run, number, await FormerAsync(db, run, ct), now);
        var promoted =
            version.Fits(minion)
            && run.Config.Promote switch
            {
                Promotion.Always => true,
                Promotion.Never => false,
                _ => improvements.Promotes,
            };
        db.MinionVersions.Add(version);
        // Rows of a run that did not go live, or that nothing was measured of, have earned nothing and can do so in another.
        var fresh = promoted && improvements.IsGraded ? await rows.AddAsync(db, run, minion, ct) : 0;
        var earned = ExperienceCurve.Earned(minion.TrainedRows, fresh, (decimal)improvements.AfterScore);
        minion.TrainedRows += fresh;
        minion.Experience += earned;
        if (promoted)
        {
            version.PutInto(minion, now);
            await VersionLinks.PutAsync(db, version, minion, now, ct);
        }

        var report = RunReport.Of(run, improvements, version, earned, now) with { NewRows = promoted ? fresh : null };
        if (!version.Fits(minion))
        {
            report = report with { Conclusion = OtherModel };
        }

        await db.SaveChangesAsync(ct);
        await db
            .TrainingJobs.Where(job => job.Id == run.Job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.Report, report).SetProperty(job => job.UpdatedAt, now), ct);
        await FinishStepAsync(db, run, report, now, ct);
        if (promoted)
        {
            var subject = $"{minion.Citizen.DisplayName}, version {number}";
            await audit.AppendAsync(db, minion.OwnerId, AuditActions.VersionPromoted, subject, ct);
        }
    }

    /// <summary>Before the first one, the minion as it is becomes version 0, so that it can be gone back to.</summary>
    private static async Task<int> NextNumberAsync(RepublicDb db, Minion minion, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.MinionVersions.Where(v => v.MinionId == minion.Id).MaxAsync(v => (int?)v.Number, ct);
        if (last is null)
        {
            db.MinionVersions.Add(MinionVersion.Of(minion, now));
        }

        return (last ?? minion.Version) + 1;
    }

    /// <summary>The version that the run began with, whose weights are this one's too where none were trained now.</summary>
    private static Task<MinionVersion?> FormerAsync(RepublicDb db, StepRun run, CancellationToken ct) =>
        db.MinionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.MinionId == run.Job.MinionId && v.Number == run.Before.Version, ct);

    private static MinionVersion Version(StepRun run, int number, MinionVersion? former, DateTimeOffset now)
    {
        var traits = run.Read<ConfiguredTraits>(StepName.ConfigureTraits);
        var draft = run.Read<EnhancedModel>(StepName.EnhanceModel);
        var keeps = (former?.Adapter, former?.StyleAdapter) == (draft.Adapter, draft.StyleAdapter);
        return new MinionVersion
        {
            MinionId = run.Job.MinionId,
            Number = number,
            TrainingJobId = run.Job.Id,
            FromVersion = draft.Weights is { } weights ? weights.FromVersion : run.Before.Version,
            DatasetIds = draft.Weights is null ? [] : run.Job.DatasetIds,
            Provider = run.Job.Provider,
            ModelId = run.Job.ModelName,
            SystemPrompt = run.Before.Instructions,
            LoraEnabled = (draft.Adapter ?? draft.StyleAdapter) is not null || traits.EnhancedSystemPrompt is not null,
            LoraConfig = JsonSerializer.SerializeToElement(run.Config.Traits, TrainingJson.Options),
            EnhancedSystemPrompt = traits.EnhancedSystemPrompt ?? run.Before.Enhanced,
            TraitConfiguration = traits.TraitConfiguration,
            TraitSlotsUsed = traits.SlotsUsed,
            TraitPointsSpent = traits.PointsSpent,
            Adapter = draft.Adapter,
            StyleAdapter = draft.StyleAdapter,
            StyleModel = draft.StyleModel,
            CollectionIds = [.. draft.OfVersion],
            AdapterSha256 = draft.Weights?.Sha256 ?? (keeps ? former?.AdapterSha256 : null),
            BaseSha256 = draft.Weights?.BaseSha256 ?? (keeps ? former?.BaseSha256 : null),
            CreatedAt = now,
        };
    }

    private static async Task FinishStepAsync(RepublicDb db, StepRun run, TrainingReport report, DateTimeOffset now, CancellationToken ct)
    {
        var step = run.Journal.Steps[(int)StepName.Finalize];
        var output = JsonSerializer.Serialize(report, TrainingJson.Options);
        await db
            .TrainingSteps.Where(s => s.TrainingJobId == run.Job.Id && s.Index == step.Index)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(s => s.Status, StepStatus.Completed)
                        .SetProperty(s => s.CompletedAt, now)
                        .SetProperty(s => s.Output, output),
                ct
            );
        db.TrainingEvents.Add(
            run.Journal.Event(
                "step",
                new
                {
                    step.Index,
                    name = StepName.Finalize,
                    status = StepStatus.Completed,
                    step.Attempts,
                }
            )
        );
        db.TrainingEvents.Add(run.Journal.Event("report", report));
        await db.SaveChangesAsync(ct);
    }
}
