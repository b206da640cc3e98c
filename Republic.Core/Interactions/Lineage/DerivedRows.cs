using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Datasets;

namespace Republic.Core.Interactions.Lineage;

/// <summary>
/// Rows of datasets that were made of chats. A dataset's versions never change, so rows are deleted with the whole dataset: those of other
/// chats are still in these.
/// </summary>
public sealed class DerivedRows(RepublicDb db, DatasetEditor editor, VersionLineage lineage, AuditLog audit)
{
    /// <summary>Counts the rows of a chat, also of one that was deleted.</summary>
    public async Task<DerivedData> OfChatAsync(Guid owner, Guid conversation, CancellationToken ct)
    {
        var learned = OwnedBy(owner).Where(pair => pair.ConversationId == conversation);
        List<DerivedData.Version> versions = [];
        foreach (var minion in await learned.Select(pair => pair.MinionId).Distinct().ToListAsync(ct))
        {
            versions.AddRange(
                from source in (await lineage.ReadAsync(owner, minion, ct)).Values
                from chat in source.Chats
                where chat.Id == conversation
                orderby source.Version
                select new DerivedData.Version(minion, source.Version, chat.Pairs)
            );
        }

        return Sum(await RemainingAsync(learned, ct)) with
        {
            Versions = versions,
            Runs = await RunsAsync(owner, learned, ct),
            Tasks = await TasksAsync(owner, conversation, ct),
        };
    }

    /// <summary>Counts the rows of the minion's chats that were deleted or taken back.</summary>
    public async Task<DerivedData> OfTakenBackAsync(Guid owner, Guid minion, CancellationToken ct) =>
        Sum(await TakenBackAsync(owner, minion, ct));

    /// <summary>Counts the tasks of a chat's messages. Once the chat is deleted they no longer know it.</summary>
    internal Task<int> TasksAsync(Guid owner, Guid conversation, CancellationToken ct) =>
        db.Tasks.OwnedBy(owner).CountAsync(task => task.SourceConversationId == conversation, ct);

    /// <param name="subject">The chat, in the audit log.</param>
    /// <returns>What was deleted, and which versions know it still.</returns>
    internal async Task<DerivedData> DeleteOfChatAsync(Guid owner, Guid conversation, string subject, CancellationToken ct)
    {
        var remaining = await RemainingAsync(OwnedBy(owner).Where(pair => pair.ConversationId == conversation), ct);
        var deleted = await DeleteAsync(owner, remaining, subject);
        var kept = await OfChatAsync(owner, conversation, ct);
        return deleted with { Versions = kept.Versions, Runs = kept.Runs };
    }

    /// <summary>Deletes the datasets with rows of the minion's chats that were deleted or taken back.</summary>
    public async Task<Outcome<DerivedData>> DeleteTakenBackAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        var name = await db.Minions.OwnedBy(owner).Where(m => m.Id == minion).Select(m => m.Citizen.DisplayName).SingleOrDefaultAsync(ct);
        if (name is null)
        {
            return Failure.NotFound("minion");
        }

        return await DeleteAsync(owner, await TakenBackAsync(owner, minion, ct), name);
    }

    private IQueryable<LearnedPair> OwnedBy(Guid owner) => db.LearnedPairs.Where(pair => pair.OwnerId == owner);

    /// <summary>Counts the rows by dataset and chat, where the dataset is there.</summary>
    private Task<List<RemainingRows>> RemainingAsync(IQueryable<LearnedPair> pairs, CancellationToken ct) =>
        pairs
            .Where(pair => db.Datasets.Any(dataset => dataset.Id == pair.DatasetId))
            .GroupBy(pair => new { pair.DatasetId, pair.ConversationId })
            .Select(rows => new RemainingRows(rows.Key.DatasetId, rows.Key.ConversationId, rows.Count()))
            .ToListAsync(ct);

    private async Task<int> RunsAsync(Guid owner, IQueryable<LearnedPair> learned, CancellationToken ct)
    {
        var datasets = await learned.Select(pair => pair.DatasetId).Distinct().ToListAsync(ct);
        return await db
            .TrainingJobs.OwnedBy(owner)
            .CountAsync(run => run.WorkId != null && run.DatasetIds.Any(id => datasets.Contains(id)), ct);
    }

    private async Task<List<RemainingRows>> TakenBackAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        var remaining = await RemainingAsync(OwnedBy(owner).Where(pair => pair.MinionId == minion), ct);
        var chats = await ChatConsents.ReadAsync(db, owner, remaining.Select(rows => rows.Conversation), ct);
        return remaining.FindAll(rows => !chats.Teaches(rows.Conversation));
    }

    /// <summary>A dataset that a run is about to read stays, is not counted, and is said to be held.</summary>
    /// <param name="subject">Whose rows they are, in the audit log: each dataset has an entry of its own, in the transaction of its deletion.</param>
    private async Task<DerivedData> DeleteAsync(Guid owner, List<RemainingRows> remaining, string subject)
    {
        List<RemainingRows> deleted = [];
        List<string> held = [];
        foreach (var rows in remaining.GroupBy(rows => rows.Dataset))
        {
            var entry = $"{subject}: {Counted.Of(rows.Sum(of => of.Rows), "row")} in a dataset";
            var gone = await editor.DeleteAsync(
                owner,
                rows.Key,
                deleting => audit.AppendAsync(deleting, owner, AuditActions.RowsDeleted, entry, CancellationToken.None),
                CancellationToken.None
            );
            deleted.AddRange(gone.Ok ? rows : []);
            if (gone.Failure is { Kind: FailureKind.Conflict } failure)
            {
                held.Add(failure.Message);
            }
        }

        return Sum(deleted) with
        {
            Held = held,
        };
    }

    private static DerivedData Sum(List<RemainingRows> remaining) =>
        new(remaining.Sum(rows => rows.Rows), remaining.Select(rows => rows.Dataset).Distinct().Count(), []);

    private sealed record RemainingRows(Guid Dataset, Guid Conversation, int Rows);
}
