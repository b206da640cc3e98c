using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Times;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>A person's schedules: to read, to make, to change, to pause and to delete. <see cref="ScheduleSweep"/> keeps them.</summary>
public sealed class TrainingSchedules(RepublicDb db, TrainingConfigReader reader, JudgeRights judges, TimeProvider time)
{
    public const int Most = 50;

    /// <summary>Those that come next first.</summary>
    public async Task<IReadOnlyList<ScheduleCard>> ListAsync(Guid owner, Guid? minion, CancellationToken ct)
    {
        var mine = db.TrainingSchedules.OwnedBy(owner).Where(s => minion == null || s.MinionId == minion);
        return await ScheduleCards.ReadAsync(db, mine.OrderBy(s => s.IsPaused).ThenBy(s => s.NextAt).ThenBy(s => s.Id), ct);
    }

    public async Task<Outcome<ScheduleCard>> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        await ScheduleCards.ReadAsync(db, db.TrainingSchedules.OwnedBy(owner).Where(s => s.Id == id), ct) is [var card]
            ? card
            : Failure.NotFound("schedule");

    public async Task<Outcome<Guid>> CreateAsync(Guid owner, ScheduleInput input, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var schedule = new TrainingSchedule
        {
            OwnerId = owner,
            MinionId = input.MinionId ?? Guid.Empty,
            Origin = input.Origin,
            Name = "",
            DatasetIds = [],
            Config = new ScheduleConfig(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        if (await ApplyAsync(schedule, input with { At = input.At ?? "" }, ct) is { } problem)
        {
            return problem;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrainingControl.TakeTurnAsync(db, owner, ct);
        if (await db.TrainingSchedules.OwnedBy(owner).CountAsync(ct) >= Most)
        {
            return Failure.TooMany($"You have {Most} schedules, as many as are allowed. Delete one, or change it.");
        }

        db.TrainingSchedules.Add(schedule);
        if (await SaveAsync(ct) is { } taken)
        {
            return taken;
        }

        await transaction.CommitAsync(ct);
        return schedule.Id;
    }

    /// <summary>Plans the next time anew.</summary>
    public async Task<Outcome<Guid>> ChangeAsync(Guid owner, Guid id, ScheduleInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A node that just makes a run of it is waited for.
        await db.Database.ExecuteSqlAsync($"select 1 from training_schedules where id = {id} and owner_id = {owner} for update", ct);
        if (await db.TrainingSchedules.OwnedBy(owner).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } schedule)
        {
            return Failure.NotFound("schedule");
        }

        if (await ApplyAsync(schedule, input, ct) is { } problem)
        {
            return problem;
        }

        if (await SaveAsync(ct) is { } taken)
        {
            return taken;
        }

        await transaction.CommitAsync(ct);
        return id;
    }

    /// <summary>Runs that it made stay.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct) =>
        await db.TrainingSchedules.OwnedBy(owner).Where(s => s.Id == id).ExecuteDeleteAsync(ct) == 1 ? id : Failure.NotFound("schedule");

    private async Task<Failure?> SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Failure.Conflict("This minion already learns from its chats every week. Reload the page.");
        }
    }

    /// <summary>All that is wrong at once; nothing is changed then.</summary>
    private async Task<Failure?> ApplyAsync(TrainingSchedule schedule, ScheduleInput input, CancellationToken ct)
    {
        var minionId = input.MinionId ?? schedule.MinionId;
        if (
            await db.Minions.Live().OwnedBy(schedule.OwnerId).AsNoTracking().SingleOrDefaultAsync(m => m.Id == minionId, ct)
            is not { } minion
        )
        {
            return input.MinionId is null && schedule.MinionId == Guid.Empty
                ? Failure.Invalid("minion_id", "Say which minion to train: minion_id.")
                : Failure.NotFound("minion");
        }

        var datasets = input.DatasetIds?.Distinct().ToList() ?? schedule.DatasetIds;
        if (
            input.DatasetIds is not null
            && await db.Datasets.OwnedBy(schedule.OwnerId).CountAsync(d => datasets.Contains(d.Id), ct) < datasets.Count
        )
        {
            return Failure.NotFound("dataset");
        }

        var config = await ConfigAsync(schedule, input, ct);
        if (!config.Ok && config.Failure.Fields.Count == 0)
        {
            return config.Failure;
        }

        List<FieldError> errors = [.. Fixed(schedule, input), .. config.Failure?.Fields ?? []];
        var name = (input.Name ?? schedule.Name).Trim();
        var at = ScheduleTimeParser.Parse(schedule.Time, input.Day, input.At, input.Until, input.TimeZone, errors);
        errors.AddRange(at.Problems());
        errors.AddRange(Unfit(schedule.Origin, name, datasets, config.Value, minion));
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        (schedule.MinionId, schedule.Name, schedule.DatasetIds, schedule.Config) = (minion.Id, name, datasets, config.Value!);
        (schedule.Time, schedule.IsPaused, schedule.UpdatedAt) = (at, input.Paused ?? schedule.IsPaused, time.GetUtcNow());
        schedule.Plan(schedule.UpdatedAt);
        return null;
    }

    /// <summary>A schedule of chats stays its minion's, makes the dataset of each run itself, and trains weights alone.</summary>
    private static IEnumerable<FieldError> Fixed(TrainingSchedule schedule, ScheduleInput input)
    {
        const string why = "This schedule trains its minion from its chats alone. Leave it out, or make another schedule.";
        if (schedule.Origin != RunOrigin.Interactions)
        {
            yield break;
        }

        if (input.MinionId is { } minion && minion != schedule.MinionId)
        {
            yield return new("minion_id", why);
        }

        if (input.DatasetIds is { } datasets && !datasets.ToHashSet().SetEquals(schedule.DatasetIds))
        {
            yield return new("dataset_ids", why);
        }

        if (input.CollectionIds is { } collections && !collections.ToHashSet().SetEquals(schedule.Config.CollectionIds))
        {
            yield return new("collection_ids", why);
        }

        if (input.TrainingType is { } type && type != schedule.Config.TrainingType.Name())
        {
            yield return new("training_type", why);
        }
    }

    private async Task<Outcome<ScheduleConfig>> ConfigAsync(TrainingSchedule schedule, ScheduleInput input, CancellationToken ct)
    {
        if (input.LikeRun is { } run)
        {
            if (await db.TrainingJobs.OwnedBy(schedule.OwnerId).AsNoTracking().SingleOrDefaultAsync(j => j.Id == run, ct) is not { } job)
            {
                return Failure.NotFound("training job");
            }

            var like = job.Config with { JudgeMinionId = job.Config.ChosenJudge, JudgeModel = null, JudgeWasFound = false };
            var learned =
                schedule.Origin == RunOrigin.Interactions
                    ? new ScheduleConfig(like)
                    {
                        TrainingType = schedule.Config.TrainingType,
                        CollectionIds = schedule.Config.CollectionIds,
                    }
                    : new ScheduleConfig(like) { TrainingType = job.Type, CollectionIds = job.CollectionIds };
            return await JudgedAsync(schedule, input, learned, ct);
        }

        var given = input.Config is null ? schedule.Config : TrainingConfigReader.Parse(input.Config);
        var type = input.TrainingType is null ? schedule.Config.TrainingType : TrainingTypes.Parse(input.TrainingType);
        if (!given.Ok || !type.Ok)
        {
            return given.Failure ?? type.Failure!;
        }

        var collections = input.CollectionIds?.Distinct().ToList() ?? schedule.Config.CollectionIds;
        return
            input.CollectionIds is not null
            && await db.Collections.OwnedBy(schedule.OwnerId).CountAsync(c => collections.Contains(c.Id), ct) < collections.Count
            ? Failure.NotFound("collection")
            : await JudgedAsync(
                schedule,
                input,
                new ScheduleConfig(given.Value) { TrainingType = type.Value, CollectionIds = collections },
                ct
            );
    }

    /// <summary>A judge that stays is not looked at anew: pausing a schedule works whatever became of it, and its runs say what is wrong.</summary>
    private async Task<Outcome<ScheduleConfig>> JudgedAsync(
        TrainingSchedule schedule,
        ScheduleInput input,
        ScheduleConfig config,
        CancellationToken ct
    )
    {
        if (input is { Config: null, LikeRun: null, HasJudge: false })
        {
            return config;
        }

        var chosen = input.HasJudge ? config with { JudgeMinionId = input.JudgeMinionId, JudgeModel = null } : config;
        var judged = await judges.FillAsync(schedule.OwnerId, chosen, ct);
        return judged.Ok ? (ScheduleConfig)judged.Value : judged.Failure;
    }

    private IEnumerable<FieldError> Unfit(RunOrigin origin, string name, List<Guid> datasets, ScheduleConfig? config, Minion minion)
    {
        if (name.Length is 0 or > TrainingTables.MaxName - 20)
        {
            yield return new("name", $"Give the schedule a name of at most {TrainingTables.MaxName - 20} characters.");
        }

        if (origin == RunOrigin.Datasets && datasets.Count == 0)
        {
            yield return new("dataset_ids", "A schedule trains on what is new in its datasets: choose at least one.");
        }
        else if (config is not null)
        {
            // A run from chats makes itself a dataset.
            var parts = new RunParts(config.TrainingType, Math.Max(datasets.Count, 1), config.CollectionIds.Count);
            var asked = origin == RunOrigin.Interactions ? reader.ForRows(config, minion) : config;
            foreach (var error in reader.Fill(asked, minion, parts).Failure?.Fields ?? [])
            {
                yield return error;
            }
        }
    }
}
