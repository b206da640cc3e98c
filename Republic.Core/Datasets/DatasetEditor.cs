using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Events;
using Republic.Core.Files;
using Republic.Core.Jobs;

namespace Republic.Core.Datasets;

/// <summary>Makes, names and removes datasets, and asks for their versions. <see cref="RowEditor"/> changes their rows.</summary>
public sealed class DatasetEditor(
    RepublicDb db,
    JobControl jobs,
    DatasetFiles files,
    DatasetQuota quota,
    LiveEvents live,
    TimeProvider time
)
{
    /// <summary>The index of the step in which a run of training reads its datasets; afterwards it has rows of its own.</summary>
    private const int ReadingStep = 1;

    /// <summary>Makes a dataset of an upload, which is this dataset's from then on, and begins to process it.</summary>
    public async Task<Outcome<Guid>> CreateAsync(Guid owner, DatasetInput input, ReceivedFile source, CancellationToken ct)
    {
        var type = TypeOf(input, source.Name);
        var settings = (input.Settings ?? new SettingsInput()).Over(new RefinerySettings());
        if ((type.Ok ? Check(input) ?? settings.Validate() : type.Failure) is { } wrong)
        {
            return wrong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await quota.LockAsync(db, owner, ct);
        if (!await db.Users.AnyAsync(person => person.Id == owner, ct))
        {
            return Failure.NotFound("person");
        }

        if (await quota.RefusalAsync(db, owner, source.Bytes, ct) is { } full)
        {
            return full;
        }

        var now = time.GetUtcNow();
        var dataset = new Dataset
        {
            Id = source.Id,
            OwnerId = owner,
            Name = NameOf(input, source.Name),
            Description = string.IsNullOrWhiteSpace(input.Description) ? null : input.Description.Trim(),
            Type = type.Value,
            FileName = source.Name,
            SourceBytes = source.Bytes,
            SourceSha256 = source.Sha256,
            Mapping = input.Mapping ?? input.Settings?.Mapping,
            Bytes = source.Bytes,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Datasets.Add(dataset);
        var job = Order(dataset, new DatasetOrder(VersionOrigin.Upload, settings, dataset.Mapping));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        source.Keep();
        await jobs.StartAsync(job);
        return dataset.Id;
    }

    public async Task<Outcome<Guid>> UpdateAsync(Guid owner, Guid id, DatasetInput input, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } dataset)
        {
            return Failure.NotFound("dataset");
        }

        if (Check(input) is { } wrong)
        {
            return wrong;
        }

        dataset.Name = string.IsNullOrWhiteSpace(input.Name) ? dataset.Name : input.Name.Trim();
        dataset.Description = input.Description is null ? dataset.Description : input.Description.Trim();
        dataset.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        Tell(dataset);
        return id;
    }

    /// <summary>
    /// Reads the source again with other thresholds or another mapping: the next version, in which the rows that were edited
    /// before are as they were edited.
    /// </summary>
    public async Task<Outcome<Guid>> RefineAgainAsync(Guid owner, Guid id, SettingsInput input, CancellationToken ct)
    {
        var settings = input.Over(await SettingsAsync(owner, id, ct));
        return await FindAsync(owner, id, ct) is null ? Failure.NotFound("dataset")
            : (settings.Validate() ?? input.Mapping?.Validate()) is { } wrong ? wrong
            : input.Mapping is { } mapping && DatasetRefinery.Check(files.PathOf(id), mapping) is { } unfit ? unfit
            : await NextVersionAsync(owner, id, d => new DatasetOrder(VersionOrigin.Settings, settings, input.Mapping ?? d.Mapping), ct);
    }

    /// <summary>Makes a version of the newest one and the changes that wait.</summary>
    public async Task<Outcome<Guid>> SaveChangesAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (
            await db
                .Datasets.OwnedBy(owner)
                .AnyAsync(d => d.Id == id && db.DatasetChanges.Any(c => c.DatasetId == id && c.SavedIn == null), ct)
        )
        {
            var settings = await SettingsAsync(owner, id, ct);
            return await NextVersionAsync(owner, id, d => new DatasetOrder(VersionOrigin.Edits, settings, d.Mapping), ct);
        }

        return await FindAsync(owner, id, ct) is null
            ? Failure.NotFound("dataset")
            : Failure.Conflict("No row has been changed since the last version. Edit or drop rows first.");
    }

    /// <summary>Tries again what failed or was cancelled, and has what is held go on.</summary>
    public async Task<Outcome<Guid>> RetryAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var last = await db
            .Datasets.OwnedBy(owner)
            .Where(d => d.Id == id)
            .Join(db.Jobs, d => d.JobId, j => j.Id, (_, j) => j)
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        if (last is not null && await jobs.GoOnAsync(owner, last.Id, ct))
        {
            return id;
        }

        return last switch
        {
            null => Failure.NotFound("dataset"),
            { Status: JobStatus.Completed } => Failure.Conflict("The last version was made; there is nothing to try again."),
            _ => await NextVersionAsync(owner, id, _ => DatasetOrder.Of(last.Input!), ct),
        };
    }

    /// <summary>Ends what is being made of it. Versions that are there stay.</summary>
    public async Task<Outcome<Guid>> CancelAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await FindAsync(owner, id, ct) is not { } dataset)
        {
            return Failure.NotFound("dataset");
        }

        var cancelled = await jobs.CancelAsync(owner, dataset.JobId, ct);
        return cancelled.Ok ? id : cancelled.Failure;
    }

    /// <summary>
    /// Gone for good, with its files. Deleting one that is being processed ends that first; one that a run of training is yet to read stays.
    /// </summary>
    public Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, CancellationToken ct) =>
        DeleteAsync(owner, id, _ => Task.CompletedTask, ct);

    /// <inheritdoc cref="DeleteAsync(Guid, Guid, CancellationToken)"/>
    /// <param name="last">Comes right before the commit, as an entry of the audit log does.</param>
    internal async Task<Outcome<Guid>> DeleteAsync(Guid owner, Guid id, Func<RepublicDb, Task> last, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A run that is started at this moment is found, or begins when the dataset is gone.
        await AdvisoryLocks.TakeAsync(db, owner, AdvisoryLocks.TrainingControl, ct);
        if (await FindAsync(owner, id, ct) is not { } dataset)
        {
            return Failure.NotFound("dataset");
        }

        if (await WaitingRunAsync(id, ct) is { } run)
        {
            return Failure.Conflict(
                $"The run “{run}” is about to learn from {dataset.Name}. Stop the run, or wait until it has read its rows, then delete the dataset."
            );
        }

        var cancelled = await JobControl.CancelInAsync(db, owner, [dataset.JobId], why: null, ct);
        if (await db.Datasets.OwnedBy(owner).Where(d => d.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("dataset");
        }

        await last(db);
        await transaction.CommitAsync(ct);
        jobs.PublishEnd(cancelled);
        files.Delete(id);
        Tell(dataset);
        return id;
    }

    /// <summary>The name of a run that waits or works and has not read the rows: it could not go on, not even later.</summary>
    private Task<string?> WaitingRunAsync(Guid id, CancellationToken ct) =>
        db
            .TrainingJobs.Where(run =>
                run.DatasetIds.Contains(id)
                && db.Jobs.Any(work => work.Id == run.WorkId && (work.Status == JobStatus.Queued || work.Status == JobStatus.Running))
                && db.TrainingSteps.Any(step => step.TrainingJobId == run.Id && step.Index == ReadingStep && step.CompletedAt == null)
            )
            .Select(run => run.Name)
            .FirstOrDefaultAsync(ct);

    private async Task<Outcome<Guid>> NextVersionAsync(Guid owner, Guid id, Func<Dataset, DatasetOrder> order, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Pressed twice, or on two devices: the second waits here and then finds the first one's job.
        var dataset = await db
            .Datasets.FromSql($"select * from datasets where id = {id} and owner_id = {owner} for update")
            .SingleOrDefaultAsync(ct);
        if (dataset is null)
        {
            return Failure.NotFound("dataset");
        }

        if (await db.Jobs.AnyAsync(j => j.Id == dataset.JobId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running), ct))
        {
            return Failure.Conflict("A version of this dataset is being made. Wait for it, or cancel it.");
        }

        var what = order(dataset);
        dataset.UpdatedAt = time.GetUtcNow();
        var job = Order(dataset, what);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await jobs.StartAsync(job);
        return id;
    }

    private Job Order(Dataset dataset, DatasetOrder what)
    {
        var job = jobs.Add(db, dataset.OwnerId, DatasetWork.KindOfJob, dataset.Id, what.ToJson());
        dataset.JobId = job.Id;
        return job;
    }

    /// <summary>Those of the newest version, or the usual ones.</summary>
    private async Task<RefinerySettings> SettingsAsync(Guid owner, Guid id, CancellationToken ct) =>
        await db
            .Datasets.OwnedBy(owner)
            .Where(d => d.Id == id)
            .Join(db.DatasetVersions, d => new { d.Id, d.Version }, v => new { Id = v.DatasetId, Version = v.Number }, (_, v) => v.Result)
            .SingleOrDefaultAsync(ct)
            is { } result
            ? result.Settings
            : new RefinerySettings();

    private Task<Dataset?> FindAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.Datasets.OwnedBy(owner).SingleOrDefaultAsync(d => d.Id == id, ct);

    private static Failure? Check(DatasetInput input) =>
        input.Name?.Trim().Length > DatasetTables.MaxName
            ? Failure.Invalid("name", $"A name has at most {DatasetTables.MaxName} characters.")
        : input.Description?.Trim().Length > DatasetTables.MaxDescription
            ? Failure.Invalid("description", $"A description has at most {DatasetTables.MaxDescription:n0} characters.")
        : (input.Mapping ?? input.Settings?.Mapping)?.Validate();

    private static Outcome<DatasetType> TypeOf(DatasetInput input, string? fileName) =>
        input.DatasetType switch
        {
            null or "" => input.Mapping is not null || Path.GetExtension(fileName) is ".csv" or ".tsv"
                ? DatasetType.Custom
                : DatasetType.Jsonl,
            "jsonl" => DatasetType.Jsonl,
            "rag" => DatasetType.Rag,
            "custom" => DatasetType.Custom,
            _ => Failure.Invalid("dataset_type", "A dataset's type is jsonl, rag or custom."),
        };

    private static string NameOf(DatasetInput input, string? fileName)
    {
        var name = string.IsNullOrWhiteSpace(input.Name) ? Path.GetFileNameWithoutExtension(fileName) : input.Name;
        // A file called “..” has no name.
        name = name?.Trim('.').Length == 0 ? null : name;
        return string.IsNullOrWhiteSpace(name) ? "Dataset" : name.Trim();
    }

    private void Tell(Dataset dataset) => live.Publish(dataset.OwnerId, new LiveEvent("dataset.changed", dataset.Id, null));
}
