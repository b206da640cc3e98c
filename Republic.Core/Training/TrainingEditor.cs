using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;

namespace Republic.Core.Training;

/// <summary>Makes, names and removes runs. <see cref="TrainingControl"/> starts and stops them.</summary>
public sealed class TrainingEditor(
    RepublicDb db,
    TrainingConfigReader reader,
    TrainingFiles files,
    JobControl jobs,
    TrainingQuota quota,
    TimeProvider time
)
{
    /// <summary>With the configuration as the API takes it.</summary>
    public async Task<Outcome<Guid>> CreateAsync(Guid owner, TrainingInput input, CancellationToken ct)
    {
        var config = TrainingConfigReader.Parse(input.Config);
        return config.Ok ? await CreateAsync(owner, input, config.Value, request: null, ct) : config.Failure;
    }

    /// <param name="config">Instead of the input's own.</param>
    /// <param name="request">The id that a form carries: sending the same form twice makes one run.</param>
    public async Task<Outcome<Guid>> CreateAsync(
        Guid owner,
        TrainingInput input,
        TrainingConfig config,
        Guid? request,
        CancellationToken ct
    )
    {
        if (request is { } sent && await IsOwnAsync(owner, sent, ct))
        {
            return sent;
        }

        if (input.MinionId is not { } id)
        {
            return Failure.Invalid("minion_id", "Say which minion to train: minion_id.");
        }

        var datasets = input.DatasetIds?.Distinct().ToList() ?? [];
        var found = await FindAsync(owner, id, datasets, ct);
        if (found is not (var minion, var known, var used))
        {
            return Failure.NotFound("minion");
        }

        if (known < datasets.Count)
        {
            return Failure.NotFound("dataset");
        }

        var type = TypeOf(input, minion);
        var filled = type.Ok ? reader.Fill(config, minion, datasets.Count) : type.Failure;
        if (Problem(input, filled) is { } problem)
        {
            return problem;
        }

        if (await JudgeProblemAsync(owner, filled.Value!, ct) is { } wrong)
        {
            return wrong;
        }

        if (quota.DiskProblem(used) is { } full)
        {
            return full;
        }

        return await AddAsync(NewJob(owner, request, input, minion, type.Value, filled.Value!, datasets), ct);
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

    /// <summary>Ends the run if it is at work. Versions that it made stay with the minion.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await db.TrainingJobs.OwnedBy(owner).SingleOrDefaultAsync(j => j.Id == id, ct) is not { } job)
        {
            return Failure.NotFound("training job");
        }

        if (job.WorkId is { } work)
        {
            await jobs.CancelAsync(owner, work, ct);
        }

        db.TrainingJobs.Remove(job);
        await db.SaveChangesAsync(ct);
        files.Delete(id);
        return id;
    }

    /// <summary>Why there can be no run for this minion, whatever is asked for; null if there can.</summary>
    public Failure? RefusalOf(Minion minion) =>
        reader.MayTrain(minion)
            ? null
            : Failure.Conflict(
                "Runs for minions at this provider are switched off here (EXTERNAL_TRAINING_ENABLED, DEFAULT_PROVIDERS). Choose a minion on a local model, or ask whoever runs this installation."
            );

    /// <summary>All that a run is checked against, in one round trip: the minion, how many of the datasets there are, and bytes of the person's runs.</summary>
    private async Task<(Minion Minion, int Datasets, long Bytes)?> FindAsync(
        Guid owner,
        Guid minion,
        List<Guid> datasets,
        CancellationToken ct
    )
    {
        var row = await db
            .Minions.Live()
            .OwnedBy(owner)
            .Where(m => m.Id == minion)
            .Select(m => new
            {
                Minion = m,
                Datasets = db.Datasets.Count(d => d.OwnerId == owner && datasets.Contains(d.Id)),
                Bytes = db.TrainingJobs.Where(j => j.OwnerId == owner).Sum(j => j.Bytes),
            })
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        return row is null ? null : (row.Minion, row.Datasets, row.Bytes);
    }

    private TrainingJob NewJob(
        Guid owner,
        Guid? request,
        TrainingInput input,
        Minion minion,
        TrainingType type,
        TrainingConfig config,
        List<Guid> datasets
    )
    {
        var now = time.GetUtcNow();
        return new TrainingJob
        {
            Id = request ?? Guid.CreateVersion7(),
            OwnerId = owner,
            MinionId = minion.Id,
            Name = input.JobName!.Trim(),
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            Type = type,
            Method = reader.MethodFor(minion),
            Provider = minion.Provider,
            ModelName = minion.ModelId,
            Config = config,
            DatasetIds = datasets,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async Task<Outcome<Guid>> AddAsync(TrainingJob job, CancellationToken ct)
    {
        db.TrainingJobs.Add(job);
        db.TrainingSteps.AddRange(
            Enum.GetValues<StepName>().Select(step => new TrainingStep { TrainingJobId = job.Id, Index = (int)step })
        );
        try
        {
            await db.SaveChangesAsync(ct);
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
        input.TrainingType switch
        {
            "lora_only" when RefusalOf(minion) is { } refusal => refusal,
            "lora_only" => TrainingType.LoraOnly,
            "rag_only" or "hybrid" => Failure.Invalid(
                "training_type",
                $"{input.TrainingType} needs collections of documents, which this version does not have. Choose lora_only."
            ),
            _ => Failure.Invalid("training_type", "training_type is lora_only, rag_only or hybrid."),
        };

    private static Failure? NameProblem(TrainingInput input) =>
        string.IsNullOrWhiteSpace(input.JobName) ? Failure.Invalid("job_name", "Give the run a name.")
        : input.JobName.Trim().Length > TrainingTables.MaxName
            ? Failure.Invalid("job_name", $"A name has at most {TrainingTables.MaxName} characters.")
        : input.Description?.Trim().Length > TrainingTables.MaxDescription
            ? Failure.Invalid("description", $"A description has at most {TrainingTables.MaxDescription} characters.")
        : null;

    private async Task<Failure?> JudgeProblemAsync(Guid owner, TrainingConfig config, CancellationToken ct) =>
        config.JudgeMinionId is not { } judge ? null
        : await db.Minions.Live().OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(m => m.Id == judge, ct) is not { } minion
            ? Failure.NotFound("judge")
        : reader.CanJudge(minion) ? null
        : Failure.Invalid(
            "config.judge_minion_id",
            $"{minion.Citizen.DisplayName} is on the built-in model, which is too small to judge. Choose another, or leave it out."
        );
}
