using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Audit;

/// <summary>Writes and reads what people did. Writers of all nodes follow one another, so that each entry continues the one before.</summary>
public sealed class AuditLog(IDbContextFactory<RepublicDb> contexts, IAuditActor actor, TimeProvider time)
{
    public const int SubjectLength = 300;
    public const int MaxPage = 200;
    private const int VerifiedAtOnce = 5000;

    /// <summary>Who asks; null where nobody is signed in.</summary>
    internal Guid? Asking => actor.PersonId;

    /// <summary>Writes an entry that belongs to no change of the database; one that does goes into its transaction (<c>CommitAsync</c>).</summary>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subject">What was acted on, as people know it; never a secret.</param>
    /// <param name="person">Where it is not who asks: nobody is signed in yet, or any more.</param>
    public Task WriteAsync(string action, string? subject = null, Guid? person = null) =>
        WriteForAsync(person ?? actor.PersonId, action, subject);

    /// <param name="person">Null: nobody who is known, whoever asks.</param>
    public async Task WriteForAsync(Guid? person, string action, string? subject = null)
    {
        // What was done is written down even if its request is given up by now.
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await AppendAsync(db, person, action, subject, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Saves what <paramref name="db"/> has pending, appends an entry and commits: the transaction that was begun, or one of its own. A change
    /// is never there without its entry, nor an entry without its change.
    /// </summary>
    /// <param name="action">Null commits without an entry.</param>
    internal async Task CommitAsync(RepublicDb db, Guid? person, string? action, string? subject, CancellationToken ct)
    {
        await using var transaction = db.Database.CurrentTransaction ?? await db.Database.BeginTransactionAsync(ct);
        await (action is null ? db.SaveChangesAsync(ct) : AppendAsync(db, person, action, subject, ct));
        await transaction.CommitAsync(ct);
    }

    /// <inheritdoc cref="CommitAsync(RepublicDb, Guid?, string, string, CancellationToken)"/>
    /// <remarks>Whoever asks did it.</remarks>
    internal Task CommitAsync(RepublicDb db, string? action, string? subject, CancellationToken ct) =>
        CommitAsync(db, Asking, action, subject, ct);

    /// <summary>Appends an entry within the transaction of <paramref name="db"/>, so that it is kept or undone with it. Other writers wait until the transaction ends.</summary>
    internal async Task AppendAsync(RepublicDb db, Guid? person, string action, string? subject, CancellationToken ct)
    {
        // What else the transaction changes comes first: whoever has to wait for it would hold all writers of the log up meanwhile.
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.AuditLog})", ct);
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Number).FirstOrDefaultAsync(ct);
        var now = time.GetUtcNow();
        var entry = new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
            PersonId = person,
            Action = action,
            Subject = subject?.AtMost(SubjectLength),
            Address = actor.Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : actor.Address?.ToString(),
            Hash = [],
        };
        db.AuditEntries.Add(entry with { Hash = HashOf(entry, last?.Hash) });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">Only entries older than this one.</param>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(Guid? person, string? action, long? before, int limit, CancellationToken ct) =>
        ListAsync(new AuditFilter(person is { } one ? [one] : null, action, Before: before), limit, ct);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var entries = db.AuditEntries.AsNoTracking();
        if (filter.People is { } people)
        {
            entries = entries.Where(e => e.PersonId != null && people.Contains(e.PersonId.Value));
        }

        return await entries
            .Where(e => filter.Action == null || e.Action == filter.Action)
            .Where(e => (filter.Since == null || e.At >= filter.Since) && (filter.Until == null || e.At < filter.Until))
            .Where(e => filter.Before == null || e.Number < filter.Before)
            .OrderByDescending(e => e.Number)
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
    }

    /// <summary>Computes every hash anew.</summary>
    /// <returns>How many entries there are, and the first that is not what was written, or follows a gap; null where all are.</returns>
    public async Task<(long Count, long? Broken)> VerifyAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        byte[]? before = null;
        for (long number = 0; ; )
        {
            var page = await db
                .AuditEntries.AsNoTracking()
                .Where(e => e.Number > number)
                .OrderBy(e => e.Number)
                .Take(VerifiedAtOnce)
                .ToListAsync(ct);
            if (page.Count == 0)
            {
                return (number, null);
            }

            foreach (var entry in page)
            {
                if (entry.Number != number + 1 || !HashOf(entry, before).AsSpan().SequenceEqual(entry.Hash))
                {
                    return (number, number + 1);
                }

                (number, before) = (entry.Number, entry.Hash);
            }
        }
    }

    // Each part goes in with its length: otherwise ("ab", "c") and ("a", "bc") would be one entry.
    private static byte[] HashOf(AuditEntry entry, byte[]? before)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(before ?? []);
        writer.Write(entry.Number);
        writer.Write(entry.At.UtcTicks);
        writer.Write((entry.PersonId ?? Guid.Empty).ToByteArray());
        foreach (var text in (string?[])[entry.Action, entry.Subject, entry.Address])
        {
            writer.Write(text is not null);
            writer.Write(text ?? "");
        }

        writer.Flush();
        return SHA256.HashData(bytes.ToArray());
    }
}
