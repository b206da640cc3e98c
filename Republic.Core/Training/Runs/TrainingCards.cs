using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Schedules;

namespace Republic.Core.Training.Runs;

/// <summary>Reads a person's runs.</summary>
public sealed class TrainingCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>Newest first. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<IReadOnlyList<TrainingCard>> ListAsync(
        Guid owner,
        TrainingFilter filter,
        int limit,
        Guid? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var jobs = filter.Apply(db, db.TrainingJobs.OwnedBy(owner));
        if (before is { } last)
        {
            // Ids are ordered by the time they were made.
            jobs = jobs.Where(j => j.Id < last);
        }

        return await CardsAsync(db, jobs.OrderByDescending(j => j.Id).Take(Math.Clamp(limit, 1, MaxPage)), withOutputs: false, ct);
    }

    public async Task<Outcome<TrainingCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, db.TrainingJobs.OwnedBy(owner).Where(j => j.Id == id), withOutputs: true, ct);
        return cards.Count == 1 ? cards[0] : Failure.NotFound("training job");
    }

    /// <summary>Whether a run of theirs waits or works.</summary>
    public async Task<bool> IsAnyActiveAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.TrainingJobs.UnderWay(db, owner).AnyAsync(ct);
    }

    /// <summary>How many runs there are in each state; a state without any is left out.</summary>
    public async Task<IReadOnlyDictionary<TrainingStatus, int>> CountsAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var counts = await (
            from job in db.TrainingJobs.OwnedBy(owner)
            join work in db.Jobs on job.WorkId equals (Guid?)work.Id into works
            from last in works.DefaultIfEmpty()
            group job by (JobStatus?)last.Status into state
            select new { State = state.Key, Runs = state.Count() }
        ).ToListAsync(ct);
        return counts
            .GroupBy(count => TrainingFilter.StatusOf(count.State))
            .ToDictionary(group => group.Key, group => group.Sum(c => c.Runs));
    }

    /// <summary>Those that runs were made for, also where the minion is deleted.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> MinionsAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Minions.Where(m => m.OwnerId == owner && db.TrainingJobs.Any(j => j.MinionId == m.Id))
            .OrderBy(m => m.Citizen.DisplayName)
            .ToDictionaryAsync(m => m.Id, m => m.Citizen.DisplayName, ct);
    }

    /// <summary>All points so far, by step.</summary>
    public async Task<Outcome<IReadOnlyList<LossPoint>>> LossesAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.TrainingJobs.OwnedBy(owner).AnyAsync(j => j.Id == id, ct))
        {
            return Failure.NotFound("training job");
        }

        var told = await db
            .TrainingEvents.Where(e => e.TrainingJobId == id && e.Kind == "loss")
            .OrderBy(e => e.Id)
            .Select(e => e.Data)
            .ToListAsync(ct);
        return Outcome<IReadOnlyList<LossPoint>>.Of(LossPoint.Of(told));
    }

    private static async Task<List<TrainingCard>> CardsAsync(
        RepublicDb db,
        IQueryable<TrainingJob> jobs,
        bool withOutputs,
        CancellationToken ct
    )
    {
        var rows = await (
            from j in jobs
            from work in db.Jobs.Where(w => w.Id == j.WorkId).DefaultIfEmpty()
            select new
            {
                Job = j,
                Minion = db.Minions.Where(m => m.Id == j.MinionId).Select(m => m.Citizen.DisplayName).FirstOrDefault(),
                LiveVersion = db.Minions.Where(m => m.Id == j.MinionId).Select(m => (int?)m.Version).FirstOrDefault(),
                Work = work,
                Schedule = db.TrainingSchedules.FirstOrDefault(s => j.WorkId != null && s.WorkId == j.WorkId),
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.Job.Id);
        var steps = await db
            .TrainingSteps.Where(step => ids.Contains(step.TrainingJobId))
            .OrderBy(step => step.Index)
            .Select(step => new { Step = step, Output = withOutputs ? step.Output : null })
            .AsNoTracking()
            .ToListAsync(ct);
        var linked = rows.SelectMany(row => row.Job.CollectionIds).Distinct().ToList();
        var names =
            linked.Count == 0 ? [] : await db.Collections.Where(c => linked.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var ofJob = steps.ToLookup(step => step.Step.TrainingJobId);
        return rows.ConvertAll(row =>
            Planned(
                Card(row.Job, row.Minion!, row.Work, [.. ofJob[row.Job.Id].Select(s => Step(s.Step, s.Output, row.Work))]),
                row.Schedule
            ) with
            {
                CollectionNames = names,
                Report = row.Job.Report?.AsOf(row.LiveVersion),
            }
        );
    }

    /// <summary>With when its schedule goes on with it, where that is so.</summary>
    private static TrainingCard Planned(TrainingCard card, TrainingSchedule? schedule) =>
        card.Status == TrainingStatus.Paused && schedule?.Continues is { } continues
            ? card with
            {
                ErrorMessage = $"{card.ErrorMessage} {continues}",
                IsPlanned = true,
            }
            : card;

    /// <summary>A step that was at work when the run stopped is to be done again.</summary>
    private static TrainingCard.Step Step(TrainingStep step, string? output, Job? work) =>
        new(
            step.Index,
            (StepName)step.Index,
            step.Status == StepStatus.Active && work is not { IsActive: true } ? StepStatus.Pending : step.Status,
            step.Attempts,
            step.StartedAt,
            step.CompletedAt,
            step.Seconds,
            output is null ? TrainingCard.Step.Nothing : JsonElement.Parse(output)
        );

    private static TrainingCard Card(TrainingJob job, string minion, Job? work, IReadOnlyList<TrainingCard.Step> steps)
    {
        var standing = RunStanding.Of(work, steps.Count(step => step.Status is StepStatus.Completed or StepStatus.Skipped));
        return new TrainingCard
        {
            Id = job.Id,
            JobName = job.Name,
            Description = job.Description,
            MinionId = job.MinionId,
            MinionName = minion,
            TrainingType = job.Type,
            Method = job.Method,
            Origin = job.Origin,
            Provider = job.Provider,
            Model = job.ModelName,
            Status = standing.Status,
            Progress = standing.Progress,
            EtaSeconds = standing.Live?.EtaSeconds,
            ErrorMessage = standing.ErrorMessage,
            HeldUntil = standing.HeldUntil,
            CurrentStep = standing.CurrentStep,
            Steps = steps,
            DatasetIds = job.DatasetIds,
            CollectionIds = job.CollectionIds,
            Config = job.Config,
            Live = standing.Live,
            FormerVersion = job.Before?.Version,
            CreatedAt = job.CreatedAt,
            UpdatedAt = job.UpdatedAt,
            StartedAt = job.StartedAt,
            CompletedAt = standing.Status == TrainingStatus.Completed ? work!.FinishedAt : null,
        };
    }
}
