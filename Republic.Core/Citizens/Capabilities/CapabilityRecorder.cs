using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens.Capabilities;

/// <summary>
/// Counts what citizens did, in the transaction of whoever makes it happen: either both are there or neither. The live event is that one's to
/// publish, once the transaction is committed.
/// </summary>
public sealed class CapabilityRecorder(TimeProvider time)
{
    /// <returns>
    /// False, and nothing is counted: the citizen judged itself, this was counted before, or it would be one capability too many.
    /// </returns>
    public async Task<bool> RecordAsync(RepublicDb db, CapabilityEvent what, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A capability is counted in the transaction of what it is counted for.");
        }

        Check(what);
        if (what.RecordedBy == what.CitizenId)
        {
            return false;
        }

        var now = time.GetUtcNow();
        if (await FindOrMakeAsync(db, what, now, ct) is not { } capability || !await AddAsync(db, capability, what, now, ct))
        {
            return false;
        }

        await CapabilitySums.WriteAsync(db, capability, now, ct);
        return true;
    }

    private static void Check(CapabilityEvent what)
    {
        var isFeedback = what.Kind == CapabilityEntryKind.Feedback;
        if (isFeedback ? what.Score is not (>= 0 and <= 1) : what.Score is not null)
        {
            throw new ArgumentException($"Feedback has a score from 0 to 1 and an outcome has none, not {what.Score}.", nameof(what));
        }

        if (what.Capability.Trim().Length is 0 or > Capability.MaxName)
        {
            throw new ArgumentException($"A capability's name has 1 to {Capability.MaxName} characters.", nameof(what));
        }
    }

    /// <summary>
    /// Makes no more than people may add themselves, as tasks that others share name capabilities too. The row is held until the
    /// transaction ends.
    /// </summary>
    /// <returns>Null where the citizen has too many.</returns>
    private static async Task<Guid?> FindOrMakeAsync(RepublicDb db, CapabilityEvent what, DateTimeOffset now, CancellationToken ct)
    {
        var name = what.Capability.Trim();
        var normalized = Capability.Normalize(name);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into capabilities
                (id, citizen_id, name, normalized_name, success_count, failure_count, feedback_sum, feedback_count, created_at, updated_at)
            select {Guid.CreateVersion7()}, {what.CitizenId}, {name}, {normalized}, 0, 0, 0, 0, {now}, {now}
            where (select count(*) from capabilities where citizen_id = {what.CitizenId}) < {CapabilityEditor.MostPerCitizen}
            on conflict (citizen_id, normalized_name) do nothing
            """,
            ct
        );
        // By a statement of its own, as a person may have deleted it meanwhile.
        var found = await db
            .Database.SqlQuery<Guid>(
                $"""
                select id as "Value" from capabilities
                where citizen_id = {what.CitizenId} and normalized_name = {normalized}
                for update
                """
            )
            .ToListAsync(ct);
        return found.Count > 0 ? found[0] : null;
    }

    private static async Task<bool> AddAsync(RepublicDb db, Guid capability, CapabilityEvent what, DateTimeOffset now, CancellationToken ct)
    {
        var isFeedback = what.Kind == CapabilityEntryKind.Feedback;
        var note = what.Note is { Length: > CapabilityEntry.MaxNote } tooLong ? tooLong[..CapabilityEntry.MaxNote] : what.Note;
        var added = await db.Database.ExecuteSqlAsync(
            $"""
            insert into capability_entries
                (id, capability_id, citizen_id, kind, is_feedback, score, source_type, source_id, round, recorded_by, note, created_at)
            values
                ({Guid.CreateVersion7()}, {capability}, {what.CitizenId}, {what.Kind.ToString()}, {isFeedback},
                 {what.Score}::double precision, {what.SourceType}, {what.SourceId}, {what.Round}, {what.RecordedBy}, {note}::text, {now})
            on conflict do nothing
            """,
            ct
        );
        return added > 0;
    }
}
