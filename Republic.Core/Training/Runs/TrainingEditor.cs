using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Versions;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Runs;

/// <summary>Makes, names and removes runs. <see cref="TrainingControl"/> starts and stops them.</summary>
public sealed class TrainingEditor(
    RepublicDb db,
    TrainingConfigReader reader,
    RunChecks checks,
    TrainingFiles files,
    JobControl jobs,
    TimeProvider time
)
{
    /// <summary>The most runs of a person that wait for their first start.</summary>
    public const int MostUnstarted = 500;

    /// <summary>With the configuration as the API takes it.</summary>
    public async Task<Outcome<Guid>> CreateAsync(Guid owner, TrainingInput input, CancellationToken ct)
    {
        var config = TrainingConfigReader.Parse(input.Config);
        return config.Ok ? await CreateAsync(owner, input, config.Value, known: null, ct) : config.Failure;
    }

    /// <param name="config">Instead of the input's own.</param>
    /// <param name="known">
    /// The run's id, where it is known before: making it twice makes one run. Never as somebody sent it, but the
    /// <see cref="FormId"/> that is made of that.
    /// </param>
    public async Task<Outcome<Guid>> CreateAsync(Guid owner, TrainingInput input, TrainingConfig config, Guid? known, CancellationToken ct)
    {
        if (known is { } same && await EarlierAsync(owner, same, ct) is { } earlier)
        {
            return earlier;
        }

        if (input.MinionId is not { } id)
        {
            return Failure.Invalid("minion_id", "Say which minion to train: minion_id.");
        }

        var datasets = input.DatasetIds?.Distinct().ToList() ?? [];
        var collections = input.CollectionIds?.Distinct().ToList() ?? [];
        if (await FindAsync(owner, id, datasets, collections, ct) is not { } found)
        {
            return Failure.NotFound("minion");
        }

        if (found.Datasets < datasets.Count)
        {
            return Failure.NotFound("dataset");
        }

        if (found.Collections < collections.Count)
        {
            return Failure.NotFound("collection");
        }

        var type = TypeOf(input, found.Minion);
        var parts = new RunParts(type.Value, datasets.Count, collections.Count);
        var asked = input.Origin == RunOrigin.Interactions ? reader.ForRows(config, found.Minion) : config;
        var filled = type.Ok ? reader.Fill(asked, found.Minion, parts) : type.Failure;
        if (Problem(input, filled) is { } problem)
        {
            return problem;
        }

        var checkedConfig = await checks.CheckAsync(owner, filled.Value!, datasets, ct);
        if (!checkedConfig.Ok)
        {
            return checkedConfig.Failure;
        }

        var job = NewJob(known, input, found.Minion, parts, checkedConfig.Value);
        (job.DatasetIds, job.CollectionIds) = (datasets, collections);
        return await AddAsync(job, ct);
    }

    public async Task<Outcome<Guid>> RenameAsync(Guid owner, Guid id, string? name, string? description, CancellationToken ct)
    {
        if (await db.TrainingJobs.OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == id, ct) is not { } job)
        {
            return Failure.NotFound("training job");
        }

        var input = new TrainingInput(name ?? job.Name, null, null, description ?? job.Description);
        if (NameProblem(input) is { } wrong)
        {
            return wrong;
        }

        job.Name = input.JobName!.Trim();
        job.Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim();
        job.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return id;
    }

    /// <summary>Ends the run if it is at work. Versions that it made stay with the minion; what judges were compared by goes.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The turn of starts, so that none comes between; and of calibrations, which hold the run's questions and answers.
        await TrainingControl.TakeTurnAsync(db, owner, ct);
        var work = await db
            .TrainingJobs.OwnedBy(owner)
            .Where(j => j.Id == id && j.WorkId != null)
            .Select(j => j.WorkId!.Value)
            .ToListAsync(ct);
        var cancelled = await JobControl.CancelInAsync(db, owner, work, why: null, ct);
        await db.JudgeCalibrations.OwnedBy(owner).Where(c => c.TrainingJobId == id).ExecuteDeleteAsync(ct);
        if (await db.TrainingJobs.OwnedBy(owner).Where(j => j.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("training job");
        }

        await transaction.CommitAsync(ct);
        jobs.PublishEnd(cancelled);
        files.Delete(id);
        return id;
    }

    /// <summary>Deletes a run whose start was refused, unless it was started since.</summary>
    /// <returns>False where it was, or is gone.</returns>
    internal async Task<bool> DeleteUnstartedAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrainingControl.TakeTurnAsync(db, owner, ct);
        var deleted = await db.TrainingJobs.OwnedBy(owner).Where(j => j.Id == id && j.WorkId == null).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return deleted > 0;
    }

    /// <summary>Why there can be no run for this minion, whatever is asked for; null if there can.</summary>
    public Failure? RefusalOf(Minion minion) =>
        reader.MayTrain(minion)
            ? null
            : Failure.Conflict(
                "Runs for minions at this provider are switched off here (EXTERNAL_TRAINING_ENABLED, DEFAULT_PROVIDERS). Choose a minion on a local model, or ask a superuser."
            );

    /// <summary>All that a run is checked against, in one round trip.</summary>
    private Task<Found?> FindAsync(Guid owner, Guid minion, List<Guid> datasets, List<Guid> collections, CancellationToken ct) =>
        db
            .Minions.Live()
            .OwnedBy(owner)
            .Where(m => m.Id == minion)
            .Select(m => new Found(
                m,
                db.Datasets.Count(d => d.OwnerId == owner && datasets.Contains(d.Id)),
                db.Collections.Count(c => c.OwnerId == owner && collections.Contains(c.Id))
            ))
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);

    private TrainingJob NewJob(Guid? known, TrainingInput input, Minion minion, RunParts parts, TrainingConfig config)
    {
        var now = time.GetUtcNow();
        return new TrainingJob
        {
            Id = known ?? Guid.CreateVersion7(),
            OwnerId = minion.OwnerId,
            MinionId = minion.Id,
            Name = input.JobName!.Trim(),
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            Type = parts.Type,
            Method = reader.MethodFor(minion, parts, config),
            Origin = input.Origin,
            Provider = minion.Provider,
            ModelName = minion.ModelId,
            Config = config,
            DatasetIds = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task<Outcome<Guid>> AddAsync(TrainingJob job, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await TrainingControl.TakeTurnAsync(db, job.OwnerId, ct);
        if (await db.TrainingJobs.OwnedBy(job.OwnerId).CountAsync(j => j.WorkId == null, ct) >= MostUnstarted)
        {
            return Failure.TooMany(
                $"{MostUnstarted} of your runs were never started, as many as are allowed. Start some of them, or delete them."
            );
        }

        db.TrainingJobs.Add(job);
        db.TrainingSteps.AddRange(
            Enum.GetValues<StepName>().Select(step => new TrainingStep { TrainingJobId = job.Id, Index = (int)step })
        );
        try
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return job.Id;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // The form may have been sent twice at the very same time: then the other one has made it.
            db.ChangeTracker.Clear();
            return await IsOwnAsync(job.OwnerId, job.Id, ct)
                ? job.Id
                : Failure.Conflict("This run could not be saved. Open the form anew and send it again.");
        }
    }

    /// <summary>The run of this id, or why none gets it any more; null where there has been none.</summary>
    private async Task<Outcome<Guid>?> EarlierAsync(Guid owner, Guid id, CancellationToken ct)
    {
        // Asked first: the same form, sent at the same time, may make the run and start it at any moment.
        var isTaken = await IsTakenAsync(id, ct);
        if (await IsOwnAsync(owner, id, ct))
        {
            return id;
        }

        if (isTaken)
        {
            return Failure.Conflict(
                "The run that this form made was deleted, and what it left is still named after it. Open the form anew."
            );
        }

        return null;
    }

    /// <summary>Work, weights and a collection are named after their run, and may outlive it.</summary>
    private async Task<bool> IsTakenAsync(Guid id, CancellationToken ct)
    {
        var weights = AdapterTrainer.NameOf(id);
        return await db.Jobs.AnyAsync(work => work.Subject == id, ct)
            || await db.Collections.AnyAsync(collection => collection.Id == id, ct)
            || await db.AdaptersOf(db.Minions).AnyAsync(adapter => adapter == weights, ct);
    }

    private Task<bool> IsOwnAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.TrainingJobs.OwnedBy(owner).AnyAsync(j => j.Id == id, ct);

    /// <summary>All that is wrong at once, so that nobody mends a form field by field.</summary>
    private static Failure? Problem(TrainingInput input, Outcome<TrainingConfig> filled)
    {
        if (filled.Failure is { Fields.Count: 0 } whole)
        {
            return whole;
        }

        List<FieldError> errors = [.. input.Unreadable, .. NameProblem(input)?.Fields ?? [], .. filled.Failure?.Fields ?? []];
        return errors.Count > 0 ? Failure.Invalid(errors) : null;
    }

    private Outcome<TrainingType> TypeOf(TrainingInput input, Minion minion) =>
        RefusalOf(minion) is { } refusal ? refusal : TrainingTypes.Parse(input.TrainingType);

    private static Failure? NameProblem(TrainingInput input) =>
        string.IsNullOrWhiteSpace(input.JobName) ? Failure.Invalid("job_name", "Give the run a name.")
        : input.JobName.Trim().Length > TrainingTables.MaxName
            ? Failure.Invalid("job_name", $"A name has at most {TrainingTables.MaxName} characters.")
        : input.Description?.Trim().Length > TrainingTables.MaxDescription
            ? Failure.Invalid("description", $"A description has at most {TrainingTables.MaxDescription} characters.")
        : null;

    /// <param name="Datasets">How many of those that are named there are.</param>
    /// <param name="Collections">And of the collections.</param>
    private sealed record Found(Minion Minion, int Datasets, int Collections);
}
