using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Versions;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.FromRows;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training.Linking;

/// <summary>The collections of a run: waits until their documents are indexed, or builds one of the run's rows.</summary>
internal sealed class RunCollections(IDbContextFactory<RepublicDb> databases, RowCollections rows, TrainingFiles files, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>What already stands against them, without waiting for anything: nobody should train for an hour first.</summary>
    public async Task<Failure?> ProblemAsync(StepRun run, CancellationToken ct)
    {
        if (run.Job.CollectionIds.Count > 0)
        {
            var looked = await LookAsync(run, ct);
            return looked.Ok ? looked.Value.Select(collection => collection.Problem).OfType<Failure>().FirstOrDefault() : looked.Failure;
        }

        return run.Job.BuildsCollection && run.Read<RefinedData>(StepName.RefineDatasets).Rows == 0
            ? Failure.Conflict(
                "The datasets have no usable rows, so there is nothing to build a collection of. Add rows and the run can go on, or make a new run with a collection."
            )
            : null;
    }

    /// <summary>All of them, with every document indexed that can be.</summary>
    public async Task<Outcome<IReadOnlyList<RunCollection>>> ReadyAsync(StepRun run, CancellationToken ct)
    {
        if (run.Job.BuildsCollection)
        {
            return Outcome<IReadOnlyList<RunCollection>>.Of([await BuildAsync(run, ct)]);
        }

        for (var waited = false; run.Job.CollectionIds.Count > 0; waited = true)
        {
            var looked = await LookAsync(run, ct);
            if (!looked.Ok)
            {
                return looked.Failure;
            }

            if (looked.Value.FirstOrDefault(collection => collection.Waiting is not null) is not { } busy)
            {
                return await EndAsync(run, looked.Value, ct);
            }

            if (!waited)
            {
                await run.LogAsync($"Waiting for “{busy.Waiting}” of the collection “{busy.Name}”, which is still indexed.", ct);
            }

            await Task.Delay(LookAgain, time, ct);
        }

        return Outcome<IReadOnlyList<RunCollection>>.Of([]);
    }

    /// <summary>
    /// What the version names: those of the run, and those that the version before brought. A collection that is built takes the place of
    /// those that earlier runs of the minion built, which hold the same rows as they were.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> OfVersionAsync(StepRun run, IReadOnlyList<RunCollection> linked, CancellationToken ct)
    {
        List<Guid> built = [];
        if (linked.Any(collection => collection.Built))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            built = await db
                .MinionVersions.Where(v => v.MinionId == run.Job.MinionId && v.TrainingJobId != null)
                .Select(v => v.TrainingJobId!.Value)
                .ToListAsync(ct);
        }

        return [.. run.Before.OfVersion.Except(built).Union(linked.Select(collection => collection.Id))];
    }

    /// <summary>Of those that the draft answers from; none of a collection without golden questions.</summary>
    public async Task<IReadOnlyList<RetrievalFigure>> FiguresAsync(StepRun run, Speaker draft, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest = await db
            .RetrievalScores.OwnedBy(run.Job.OwnerId)
            .Where(score => draft.Collections.Contains(score.CollectionId))
            .GroupBy(score => score.CollectionId)
            .Select(scores => scores.OrderByDescending(score => score.CreatedAt).First())
            .ToListAsync(ct);
        var ids = newest.ConvertAll(score => score.CollectionId);
        var names = await db.Collections.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return newest.ConvertAll(score => new RetrievalFigure(
            names[score.CollectionId],
            score.Questions,
            score.HitAt1,
            score.HitAt5,
            score.Mrr,
            score.CreatedAt
        ));
    }

    private static async Task<Outcome<IReadOnlyList<RunCollection>>> EndAsync(
        StepRun run,
        IReadOnlyList<Looked> found,
        CancellationToken ct
    )
    {
        if (found.Select(collection => collection.Problem).OfType<Failure>().FirstOrDefault() is { } problem)
        {
            return problem;
        }

        foreach (var collection in found.Where(collection => collection.Failed.Count > 0))
        {
            await run.LogAsync($"Left out of the collection “{collection.Name}”: {string.Join("; ", collection.Failed)}.", ct);
        }

        return Outcome<IReadOnlyList<RunCollection>>.Of([
            .. found.Select(c => new RunCollection(c.Id, c.Name, c.Documents, c.Passages, Built: false) { Failed = c.Failed }),
        ]);
    }

    private async Task<Outcome<IReadOnlyList<Looked>>> LookAsync(StepRun run, CancellationToken ct)
    {
        var (owner, ids) = (run.Job.OwnerId, run.Job.CollectionIds);
        await using var db = await databases.CreateDbContextAsync(ct);
        var collections = await db.Collections.OwnedBy(owner).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        if (collections.Count < ids.Count)
        {
            return Failure.Conflict("A collection of this run was deleted. Make a new run with another collection.");
        }

        var documents = await (
            from document in db.Documents.OwnedBy(owner)
            where ids.Contains(document.CollectionId)
            join work in db.Jobs on document.JobId equals work.Id into works
            from last in works.DefaultIfEmpty()
            orderby document.CreatedAt
            select new
            {
                document.CollectionId,
                Seen = new LookedDocument(document.Name, document.Revision, document.PassageCount, last.Status, last.Error),
            }
        ).ToListAsync(ct);
        var byCollection = documents.ToLookup(row => row.CollectionId, row => row.Seen);
        return Outcome<IReadOnlyList<Looked>>.Of([.. ids.Select(id => new Looked(id, collections[id], [.. byCollection[id]]))]);
    }

    /// <summary>Its id is the run's: a start that comes after one that was killed finds it, and makes no second one.</summary>
    private async Task<RunCollection> BuildAsync(StepRun run, CancellationToken ct)
    {
        var data = run.Read<RefinedData>(StepName.RefineDatasets);
        using var version = VersionReader.Open(Path.Combine(files.FolderOf(run.Job.Id), data.Folder!));
        var texts = RowFiles.Rows(version).Select(RowFiles.TextOf).ToList();
        var from = string.Join(", ", data.Datasets.Select(source => $"“{source.Name}” version {source.Version}"));
        var source = new RowSource(run.Job.Id, run.Job.OwnerId, run.Job.Name, $"Built by a run of the rows of {from}.", texts);
        if (await EarlierAsync(run, source, ct) is { } earlier)
        {
            await run.LogAsync($"The collection “{earlier.Name}”, which an earlier run built of the same rows, is used again.", ct);
            return earlier;
        }

        var isNew = false;
        await run.Journal.WriteAsync(async (db, token) => isNew = await rows.AddAsync(db, source, time.GetUtcNow(), token), ct);
        if (isNew)
        {
            await run.LogAsync($"The collection “{source.Name}” was built of {texts.Count} rows.", ct);
        }

        return new RunCollection(source.Id, source.Name, 1, texts.Count, Built: true);
    }

    /// <summary>What an earlier run of the minion built of the same rows, where nobody has changed its content since.</summary>
    private async Task<RunCollection?> EarlierAsync(StepRun run, RowSource source, CancellationToken ct)
    {
        var (sha256, passages) = (source.Sha256, source.Texts.Count);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .Collections.OwnedBy(source.Owner)
            .Where(c => c.Id != source.Id && db.TrainingJobs.Any(job => job.Id == c.Id && job.MinionId == run.Job.MinionId))
            .Where(c => db.Documents.Count(d => d.CollectionId == c.Id) == 1)
            .Where(c =>
                db.Documents.Any(d =>
                    d.CollectionId == c.Id && d.Sha256 == sha256 && d.Revision == RowCollections.FirstRevision && d.PassageCount == passages
                )
            )
            .OrderBy(c => c.Id)
            .Select(c => new RunCollection(c.Id, c.Name, 1, passages, true) { Reused = true })
            .FirstOrDefaultAsync(ct);
    }

    private sealed record LookedDocument(string Name, int Revision, int Passages, JobStatus? Status, string? Error)
    {
        public bool IsWaiting => Status is JobStatus.Queued or JobStatus.Running;

        public bool IsFailed => Revision == 0 && !IsWaiting;
    }

    private sealed record Looked(Guid Id, string Name, IReadOnlyList<LookedDocument> All)
    {
        public int Documents => All.Count(document => document.Revision > 0);

        public int Passages => All.Sum(document => document.Passages);

        /// <summary>A document that is not read to its end.</summary>
        public string? Waiting => All.FirstOrDefault(document => document.IsWaiting)?.Name;

        public IReadOnlyList<string> Failed =>
            [
                .. All.Where(document => document.IsFailed)
                    .Select(document => $"“{document.Name}” ({document.Error ?? "it was not indexed"})"),
            ];

        /// <summary>There is nothing to find, and nothing to wait for.</summary>
        public Failure? Problem =>
            Passages > 0 || Waiting is not null ? null
            : Failed.Count > 0
                ? Failure.Conflict(
                    $"Nothing of the collection “{Name}” is indexed: {string.Join("; ", Failed)}. Mend or replace that, and the run can go on."
                )
            : Failure.Conflict($"The collection “{Name}” holds no passages. Upload a document to it, and the run can go on.");
    }
}
