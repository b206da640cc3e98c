using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Archives.Importing;

/// <summary>Checks an archive, all of it before anything is added, and adds what was chosen of it.</summary>
internal sealed class ImportWork(
    IDbContextFactory<RepublicDb> databases,
    IEnumerable<IImportPart> parts,
    ImportFiles files,
    JobFence fence,
    IServiceScopeFactory services,
    IOptionsMonitor<ArchiveOptions> options
) : IJobWork
{
    public const string KindOfJob = "import";

    /// <summary>The part of the progress that the check takes.</summary>
    private const double CheckShare = 0.3;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (await FindAsync(run.Job.Subject, ct) is not { } import || !File.Exists(files.PathOf(import.Id)))
        {
            return Failure.NotFound("archive");
        }

        var limits = new ArchiveLimits(options.CurrentValue.MaxEntries, options.CurrentValue.QuotaBytes);
        var opened = await ArchiveReader.OpenAsync(files.PathOf(import.Id), limits, ct);
        if (!opened.Ok)
        {
            return await RefuseAsync(run, opened.Failure, ct);
        }

        using var archive = opened.Value;
        var contents = import.Contents;
        if (contents is null)
        {
            if (await archive.CheckAsync(done => run.Report(CheckShare * done, "Checking the archive"), ct) is { } wrong)
            {
                return await RefuseAsync(run, wrong, ct);
            }

            contents = await ContentsReader.ReadAsync(archive, ct);
            await fence.WriteAsync(
                run,
                (db, end) => Row(db, import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Contents, contents), end),
                ct
            );
        }

        return import.Selection is { } selection
            ? await AddAsync(run, archive, selection, contents, import.Progress, ct)
            : JobResult.Nothing;
    }

    /// <summary>Whatever is done, nothing will come of this file: it is deleted, and counts no longer.</summary>
    private async Task<Failure> RefuseAsync(JobRun run, Failure failure, CancellationToken ct)
    {
        var id = run.Job.Subject;
        await fence.WriteAsync(run, (db, end) => Row(db, id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Bytes, 0L), end), ct);
        files.Delete(id);
        return failure;
    }

    private async Task<Outcome<JobResult>> AddAsync(
        JobRun run,
        ArchiveReader archive,
        ImportSelection selection,
        ArchiveContents contents,
        ImportProgress? begun,
        CancellationToken ct
    )
    {
        var ledger = new ImportLedger(fence, run, begun ?? new ImportProgress());
        var scope = new ImportScope(run.Job.OwnerId, archive, selection, services, ledger.Note);
        var chosen = parts.Where(part => selection.Kinds.Contains(part.Kind, StringComparer.Ordinal)).ToList();
        var total = Math.Max(1, chosen.Sum(part => contents.Counts.GetValueOrDefault(part.Kind)));
        var done = 0;
        foreach (var part in chosen)
        {
            // Kinds before the one that an earlier start was at are added.
            var isAdded = begun?.Kind is { } at && Index(part.Kind) < Index(at);
            if (!isAdded)
            {
                var phase = $"Adding {part.Kind.Replace('_', ' ')}";
                run.Report(Share(done), phase);
                await ledger.AddAsync(part, scope, some => run.Report(Share(done + some), phase), ct);
            }

            done += contents.Counts.GetValueOrDefault(part.Kind);
        }

        var id = run.Job.Subject;
        var progress = ledger.Progress with { IsDone = true };
        return new JobResult((db, end) => SaveAsync(db, id, progress, end)) { Saved = () => files.Delete(id) };

        double Share(int things) => CheckShare + (1 - CheckShare) * things / total;
    }

    private static int Index(string kind) => ArchiveKinds.All.ToList().IndexOf(kind);

    private async Task<AccountImport?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Row(db, id).AsNoTracking().SingleOrDefaultAsync(ct);
    }

    /// <summary>The file is of no use any more, and counts no longer.</summary>
    private static Task SaveAsync(RepublicDb db, Guid id, ImportProgress progress, CancellationToken ct) =>
        Row(db, id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Progress, progress).SetProperty(i => i.Bytes, 0L), ct);

    private static IQueryable<AccountImport> Row(RepublicDb db, Guid id) => db.AccountImports.Where(i => i.Id == id);
}
