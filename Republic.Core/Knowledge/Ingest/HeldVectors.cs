using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>A vector stays for as long as some passage or memory of its person has the text that it was made of.</summary>
internal static class HeldVectors
{
    /// <summary>
    /// Takes those away that these hashes named and nothing names any more. While a document of theirs is indexed they stay for the
    /// hourly sweep: it may be about to use one.
    /// </summary>
    /// <param name="document">The one whose passages had them, and whose own work does not matter.</param>
    public static Task<int> ForgetAsync(RepublicDb db, Guid owner, IReadOnlyCollection<byte[]> hashes, Guid document, CancellationToken ct)
    {
        var gone = hashes.ToArray();
        return gone.Length == 0
            ? Task.FromResult(0)
            : db.Database.ExecuteSqlAsync(
                $"""
                delete from stored_vectors v where v.owner_id = {owner} and v.hash = any({gone})
                  and not exists (select 1 from passages p where p.owner_id = v.owner_id and p.hash = v.hash)
                  and not exists (select 1 from memories m where m.owner_id = v.owner_id and m.hash = v.hash)
                  and not exists (select 1 from jobs j where j.owner_id = v.owner_id and j.kind = {IngestWork.KindOfJob}
                    and j.status in ('Queued', 'Running') and j.subject <> {document})
                """,
                ct
            );
    }

    /// <summary>All that nobody names, of everybody.</summary>
    public static Task<int> SweepAsync(RepublicDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            delete from stored_vectors v
            where not exists (select 1 from passages p where p.owner_id = v.owner_id and p.hash = v.hash)
              and not exists (select 1 from memories m where m.owner_id = v.owner_id and m.hash = v.hash)
              and not exists (select 1 from jobs j where j.owner_id = v.owner_id and j.kind = {IngestWork.KindOfJob} and j.status in ('Queued', 'Running'))
            """,
            ct
        );
}
