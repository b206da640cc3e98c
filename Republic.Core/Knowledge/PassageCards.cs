using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>Reads passages of a document, and the text that they stand in.</summary>
public sealed class PassageCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <param name="from">The first one's place in the document.</param>
    public async Task<Outcome<PassagePage>> PageAsync(Guid owner, Guid collection, Guid document, int from, int limit, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db
            .Documents.AsNoTracking()
            .OwnedBy(owner)
            .SingleOrDefaultAsync(d => d.Id == document && d.CollectionId == collection, ct);
        if (row is null)
        {
            return Failure.NotFound("document");
        }

        var passages = await Rows(db.Passages.Where(p => p.DocumentId == document && p.Ordinal >= from))
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
        return new PassagePage(passages, row.PassageCount, row.Revision);
    }

    public async Task<Outcome<PassageRow>> FindAsync(Guid owner, Guid collection, Guid document, Guid passage, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await Rows(
                db.Passages.OwnedBy(owner).Where(p => p.Id == passage && p.DocumentId == document && p.CollectionId == collection)
            )
            .SingleOrDefaultAsync(ct);
        return found is null ? Failure.NotFound("passage") : found;
    }

    /// <summary>All of a document's text; empty while it was never read.</summary>
    public async Task<string> TextAsync(Guid owner, Guid document, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
                .DocumentTexts.Where(t => t.DocumentId == document && db.Documents.Any(d => d.Id == document && d.OwnerId == owner))
                .Select(t => t.Text)
                .SingleOrDefaultAsync(ct)
            ?? "";
    }

    private static IQueryable<PassageRow> Rows(IQueryable<Passage> passages) =>
        passages
            .AsNoTracking()
            .OrderBy(p => p.Ordinal)
            .Select(p => new PassageRow(p.Id, p.Ordinal, p.Heading, p.Page, p.Text, p.Start, p.Length, p.IsEdited));
}
