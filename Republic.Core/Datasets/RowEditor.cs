using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Datasets.Versions;
using Republic.Core.Events;

namespace Republic.Core.Datasets;

/// <summary>Changes single rows of a dataset's newest version. They wait until <see cref="DatasetEditor.SaveChangesAsync"/> makes a version of them.</summary>
public sealed class RowEditor(RepublicDb db, DatasetRows rows, DatasetQuota quota, LiveEvents live, TimeProvider time)
{
    public const int MaxWaiting = 10_000;

    /// <param name="hash">The row, as <see cref="SampleRow.Hash"/> names it.</param>
    /// <param name="messages">What it becomes; null drops it.</param>
    public async Task<Outcome<DatasetChange>> ChangeAsync(
        Guid owner,
        Guid id,
        string hash,
        IReadOnlyList<RowMessage>? messages,
        CancellationToken ct
    )
    {
        var opened = await rows.OpenAsync(owner, id, version: null, ct);
        if (!opened.Ok)
        {
            return opened.Failure;
        }

        using var version = opened.Value;
        if (version.Reader.RowOf(hash) is not { } row)
        {
            return Failure.NotFound("row");
        }

        if (messages is not null && VersionWriter.Check(messages) is { } wrong)
        {
            return wrong;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await TakeTurnAsync(owner, id, version.Version.Number, ct) is { } tooLate)
        {
            return tooLate;
        }

        if (messages is not null && await NoRoomAsync(owner, id, row.Hash, messages, ct) is { } noRoom)
        {
            return noRoom;
        }

        var change = await Waiting(owner, id).SingleOrDefaultAsync(c => c.Hash == row.Hash, ct);
        if (change is null && await Waiting(owner, id).CountAsync(ct) >= MaxWaiting)
        {
            return Failure.Conflict($"{MaxWaiting:n0} changes wait already. Save a version, then go on.");
        }

        change ??= Begin(id, row);
        change.Messages = messages;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Tell(owner, id);
        return change;
    }

    /// <summary>Takes changes that wait back.</summary>
    /// <param name="hash">Of one row, or null for all.</param>
    public async Task<Outcome<int>> DiscardAsync(Guid owner, Guid id, string? hash, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await TakeTurnAsync(owner, id, version: null, ct) is { } tooLate)
        {
            return tooLate;
        }

        // Looked up however its letters are written, as a row is.
        var stored = ContentHash.Parse(hash)?.ToString() ?? hash;
        var discarded = await Waiting(owner, id).Where(c => stored == null || c.Hash == stored).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        Tell(owner, id);
        return discarded;
    }

    /// <summary>All that waits, oldest first.</summary>
    public Task<Outcome<IReadOnlyList<DatasetChange>>> WaitingAsync(Guid owner, Guid id, CancellationToken ct) =>
        WaitingAsync(owner, id, int.MaxValue, after: null, ct);

    /// <summary>What waits, oldest first. <paramref name="after"/> is the last of the page before this one.</summary>
    public async Task<Outcome<IReadOnlyList<DatasetChange>>> WaitingAsync(
        Guid owner,
        Guid id,
        int limit,
        Guid? after,
        CancellationToken ct
    ) =>
        await db.Datasets.OwnedBy(owner).AnyAsync(d => d.Id == id, ct)
            ? Outcome<IReadOnlyList<DatasetChange>>.Of(
                // Ids are ordered by the time they were made.
                await Waiting(owner, id)
                    .AsNoTracking()
                    .Where(c => after == null || c.Id > after)
                    .OrderBy(c => c.Id)
                    .Take(limit)
                    .ToListAsync(ct)
            )
            : Failure.NotFound("dataset");

    /// <summary>
    /// Changes of one dataset take turns until the transaction ends, with each other and with the order of its next version. While that is
    /// made of what waits, nothing is changed: it has been read, and what came later would count as saved.
    /// </summary>
    /// <param name="version">The one that is changed; null leaves it open.</param>
    private async Task<Failure?> TakeTurnAsync(Guid owner, Guid id, int? version, CancellationToken ct)
    {
        var dataset = await db
            .Datasets.FromSql($"select * from datasets where id = {id} and owner_id = {owner} for update")
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        if (dataset is null)
        {
            return Failure.NotFound("dataset");
        }

        var work = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == dataset.JobId, ct);
        return work is { IsActive: true, Input: { } input } && DatasetOrder.Of(input).Origin == VersionOrigin.Edits
                ? Failure.Conflict("A version is being made of the rows that you changed. Wait for it, or cancel it, then go on.")
            : version is { } number && number != dataset.Version
                ? Failure.Conflict($"Version {dataset.Version} of this dataset was made meanwhile. Look at the row there, then go on.")
            : null;
    }

    private DatasetChange Begin(Guid id, SampleRow row)
    {
        var change = new DatasetChange
        {
            DatasetId = id,
            Hash = row.Hash,
            Line = row.Line,
            CreatedAt = time.GetUtcNow(),
        };
        db.DatasetChanges.Add(change);
        return change;
    }

    /// <summary>On the disk as the person's, and in memory: whatever was edited is read at once when a version is made.</summary>
    private async Task<Failure?> NoRoomAsync(Guid owner, Guid id, string hash, IReadOnlyList<RowMessage> messages, CancellationToken ct)
    {
        var bytes = messages.Sum(m => (long)Encoding.UTF8.GetByteCount(m.Content));
        var edited = await db
            .Database.SqlQuery<long>(
                $"""
                select coalesce(sum(octet_length(messages::text)), 0)::bigint as "Value" from dataset_changes
                where dataset_id = {id} and not (saved_in is null and hash = {hash})
                """
            )
            .SingleAsync(ct);
        return edited + bytes > quota.MaxEdited ? quota.TooMuchEdited(edited) : await quota.RefusalAsync(db, owner, bytes, ct);
    }

    private IQueryable<DatasetChange> Waiting(Guid owner, Guid id) =>
        db.DatasetChanges.Where(c => c.DatasetId == id && c.SavedIn == null && db.Datasets.Any(d => d.Id == id && d.OwnerId == owner));

    private void Tell(Guid owner, Guid id) => live.Publish(owner, new LiveEvent("dataset.changed", id, null));
}
