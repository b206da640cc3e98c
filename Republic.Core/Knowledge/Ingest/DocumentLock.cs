using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Ingest;

/// <summary>Whoever changes the passages of a document takes its row first, so that two changes never mix.</summary>
internal static class DocumentLock
{
    /// <summary>Tracked, and held until the transaction ends. Null where there is none of that person's.</summary>
    public static Task<Document?> TakeAsync(RepublicDb db, Guid owner, Guid document, CancellationToken ct) =>
        db.Documents.FromSql($"select * from documents where id = {document} and owner_id = {owner} for update").SingleOrDefaultAsync(ct);
}
