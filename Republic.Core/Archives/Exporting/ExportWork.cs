using System.Data;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Host;
using Republic.Core.Jobs;

namespace Republic.Core.Archives.Exporting;

/// <summary>Makes a person's archive. A start that was killed is made anew by the next one.</summary>
internal sealed class ExportWork(
    IDbContextFactory<RepublicDb> databases,
    IEnumerable<IExportPart> parts,
    ExportFiles files,
    DiskSpace disk,
    TimeProvider time
) : IJobWork
{
    public const string KindOfJob = "export";

    private const string Alternative = ", or delete exports you no longer need";

    /// <summary>The part of the progress that the rows of the database take; files are the rest.</summary>
    private const double RowsShare = 0.5;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        var (id, epoch) = (run.Job.Subject, run.Job.Epoch);
        var isMade = false;
        try
        {
            if (await MakeAsync(run, files.UnfinishedOf(id, epoch), ct) is { } failure)
            {
                return failure;
            }

            isMade = true;
            return new JobResult((db, end) => SaveAsync(db, id, epoch, end), () => files.Drop(id, epoch))
            {
                Saved = () => files.DropUnfinished(id),
            };
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return DiskFaults.Refusal(Alternative);
        }
        finally
        {
            if (!isMade)
            {
                files.Drop(id, epoch);
            }
        }
    }

    private async Task<Failure?> MakeAsync(JobRun run, string path, CancellationToken ct)
    {
        using var writer = new ArchiveWriter(path, time.GetUtcNow());
        var manifest = await WriteRowsAsync(run, writer, ct);
        if (manifest is null)
        {
            return Failure.NotFound("person");
        }

        if (await writer.CopyFilesAsync(disk, done => run.Report(RowsShare + (1 - RowsShare) * done, "Copying files"), ct) is { } failure)
        {
            return failure;
        }

        await writer.FinishAsync(manifest, ct);
        return null;
    }

    /// <summary>All that the database holds, as it is at one moment.</summary>
    /// <returns>Null where the person is gone.</returns>
    private async Task<ArchiveManifest?> WriteRowsAsync(JobRun run, ArchiveWriter writer, CancellationToken ct)
    {
        var person = run.Job.OwnerId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var name = await db.Citizens.Where(c => c.Id == person).Select(c => c.DisplayName).SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return null;
        }

        var scope = new ExportScope(db, person, writer);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var share = RowsShare * counts.Count / ArchiveKinds.All.Count;
            run.Report(share, $"Writing {part.Kind.Replace('_', ' ')}");
            counts[part.Kind] = await part.WriteAsync(scope, ct);
        }

        return new ArchiveManifest(ArchiveFormat.Number, AppVersion.Current, time.GetUtcNow(), name, counts, []);
    }

    private async Task SaveAsync(RepublicDb db, Guid id, int epoch, CancellationToken ct)
    {
        files.Finish(id, epoch);
        var bytes = new FileInfo(files.PathOf(id)).Length;
        await db.AccountExports.Where(e => e.Id == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Bytes, bytes), ct);
    }
}
