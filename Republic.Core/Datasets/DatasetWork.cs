using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;
using Republic.Core.Files;
using Republic.Core.Jobs;

namespace Republic.Core.Datasets;

/// <summary>Makes a version of a dataset: of its source, or of the version before and what a person changed.</summary>
internal sealed class DatasetWork(
    IDbContextFactory<RepublicDb> databases,
    DatasetFiles files,
    DatasetQuota quota,
    TimeProvider time,
    ILogger<DatasetWork> log
) : IJobWork
{
    public const string KindOfJob = "dataset";

    /// <summary>Pages are served by this process too: where there are cores enough, one stays theirs.</summary>
    internal static int Threads => Environment.ProcessorCount is > 2 and var cores ? cores - 1 : Environment.ProcessorCount;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Datasets.AsNoTracking().SingleOrDefaultAsync(d => d.Id == run.Job.Subject, ct) is not { } dataset)
        {
            return Failure.NotFound("dataset");
        }

        var versions = await db.DatasetVersions.AsNoTracking().Where(v => v.DatasetId == dataset.Id).ToListAsync(ct);
        var folder = DatasetFiles.NewVersion(dataset.Version + 1, run.Job.Epoch);
        files.VersionsOf(dataset.Id).Except(versions.Select(v => v.Folder)).ToList().ForEach(left => Forget(dataset.Id, left));
        var order = DatasetOrder.Of(run.Job.Input!);
        var changes = await CarriedChanges.IntoAsync(db, dataset.Id, order.Origin, ct);
        var used = await quota.UsedAsync(db, dataset.OwnerId, ct);
        var isMade = false;
        try
        {
            var rows = changes.ToRows();
            var made = await Task.Run(() => Make(run, dataset, versions, order, rows, folder, quota.Limits.Quota - used, ct), ct);
            if (!made.Ok)
            {
                return made.Failure.Kind == FailureKind.QuotaExceeded ? quota.OverQuota(used) : made.Failure;
            }

            if (await quota.RefusalAsync(db, dataset.OwnerId, made.Value.BytesOnDisk, ct) is { } full)
            {
                return full;
            }

            isMade = true;
            var version = new DatasetVersion
            {
                DatasetId = dataset.Id,
                Number = dataset.Version + 1,
                Origin = order.Origin,
                Folder = folder,
                Result = made.Value,
                CreatedAt = time.GetUtcNow(),
            };
            var saved = order.Origin == VersionOrigin.Edits ? changes.ConvertAll(c => c.Id) : [];
            return new JobResult(
                (into, end) => SaveAsync(into, version, order.Mapping, saved, end),
                () => files.DeleteVersion(dataset.Id, folder)
            );
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return quota.DiskFull;
        }
        finally
        {
            if (!isMade)
            {
                Forget(dataset.Id, folder);
            }
        }
    }

    private Outcome<RefineryResult> Make(
        JobRun run,
        Dataset dataset,
        List<DatasetVersion> versions,
        DatasetOrder order,
        List<RowChange> changes,
        string folder,
        long most,
        CancellationToken ct
    )
    {
        var path = files.FolderOf(dataset.Id, folder);
        if (order.Origin == VersionOrigin.Edits)
        {
            run.Report(0, "Writing the version");
            using var before = VersionReader.Open(files.FolderOf(dataset.Id, versions.Single(v => v.Number == dataset.Version).Folder));
            return VersionWriter.Write(before, path, changes, most, ct);
        }

        var input = new RefineryInput(files.PathOf(dataset.Id), path, order.Settings, order.Mapping)
        {
            Changes = changes,
            Threads = Threads,
            MostBytes = most,
        };
        return DatasetRefinery.Run(input, new Told(run), ct);
    }

    private static async Task SaveAsync(
        RepublicDb db,
        DatasetVersion version,
        RowMapping? mapping,
        List<Guid> changes,
        CancellationToken ct
    )
    {
        var bytes = version.Result.BytesOnDisk;
        db.DatasetVersions.Add(version);
        await db.SaveChangesAsync(ct);
        await db
            .Datasets.Where(d => d.Id == version.DatasetId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(d => d.Version, version.Number)
                        .SetProperty(d => d.Mapping, mapping)
                        .SetProperty(d => d.Bytes, d => d.Bytes + bytes)
                        .SetProperty(d => d.UpdatedAt, version.CreatedAt),
                ct
            );
        await db
            .DatasetChanges.Where(c => changes.Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SavedIn, version.Number), ct);
    }

    private void Forget(Guid dataset, string folder)
    {
        try
        {
            files.DeleteVersion(dataset, folder);
        }
        catch (IOException error)
        {
            // The next start of the job, or the hourly sweep, takes it away.
            log.LogWarning("What was begun of a version is still in {Folder}: {Reason}", files.FolderOf(dataset, folder), error.Message);
        }
    }

    private sealed class Told(JobRun run) : IProgress<RefineryProgress>
    {
        public void Report(RefineryProgress value) =>
            run.Report(value.Share, value.Phase, JsonSerializer.Serialize(new DatasetProgress(value.Rows, value.Bytes, value.BytesTotal)));
    }
}
