using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Training;
using Republic.Core.Training.Versions;
using Republic.Core.Training.Weights;

namespace Republic.Core.Leaving;

/// <summary>
/// The files that go with an account. What is written later, by work that was put back a moment ago, is left to the sweeps of files that no row
/// knows.
/// </summary>
public sealed class LeftFiles(
    DatasetFiles datasets,
    DocumentFiles documents,
    TaskAttachmentFiles attachments,
    TrainingFiles training,
    LeftModels models,
    LeftArchives archives
)
{
    /// <summary>Finds them while their rows are there, and what the person leaves in tasks of others is no longer theirs.</summary>
    /// <returns>What deletes them, for when the rows are gone.</returns>
    internal async Task<IReadOnlyList<Func<CancellationToken, Task>>> OfAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var ofDatasets = await db.Datasets.OwnedBy(person).Select(d => d.Id).ToListAsync(ct);
        var ofDocuments = await db.Documents.OwnedBy(person).Select(d => d.Id).ToListAsync(ct);
        // Those of guests too.
        var ofTasks = await db
            .TaskAttachments.Where(a => db.Tasks.Any(t => t.Id == a.TaskId && t.OwnerId == person))
            .Select(a => a.Id)
            .ToListAsync(ct);
        var ofRuns = await db.TrainingJobs.OwnedBy(person).Select(run => run.Id).ToListAsync(ct);
        var weights = await WeightsAsync(db, person, ofRuns, ct);
        var deleteArchives = await archives.OfAsync(db, person, ct);
        return
        [
            Deleting(ofDatasets, datasets.Delete),
            Deleting(ofDocuments, documents.Delete),
            Deleting(ofTasks, attachments.Delete),
            Deleting(ofRuns, training.Delete),
            Deleting(weights, training.DeleteAdapter),
            Deleting([deleteArchives], delete => delete()),
            .. await models.OfAsync(db, person, ct),
        ];
    }

    /// <summary>
    /// The adapters of all runs, and those that versions name whose run was deleted before. What people put beside them has other names.
    /// </summary>
    private static async Task<List<string>> WeightsAsync(RepublicDb db, Guid person, List<Guid> runs, CancellationToken ct)
    {
        var named = await db.AdaptersOf(db.Minions.OwnedBy(person)).ToListAsync(ct);
        return [.. named.Where(name => Guid.TryParseExact(name, "N", out _)).Union(runs.Select(AdapterTrainer.NameOf))];
    }

    private static Func<CancellationToken, Task> Deleting<T>(List<T> files, Action<T> delete) =>
        _ =>
        {
            files.ForEach(delete);
            return Task.CompletedTask;
        };
}
