using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Web.Pages.Training;

/// <summary>A collection that can be ticked.</summary>
/// <param name="Waiting">Documents of which nothing is indexed yet.</param>
public sealed record CollectionChoice(Guid Id, string Name, int Passages, int Waiting)
{
    private const int Most = 500;

    public static async Task<IReadOnlyList<CollectionChoice>> ListAsync(RepublicDb db, Guid owner, CancellationToken ct) =>
        await db
            .Collections.OwnedBy(owner)
            .OrderBy(c => c.Name)
            .Take(Most)
            .Select(c => new CollectionChoice(
                c.Id,
                c.Name,
                db.Documents.Where(d => d.CollectionId == c.Id).Sum(d => d.PassageCount),
                db.Documents.Count(d => d.CollectionId == c.Id && d.Revision == 0)
            ))
            .ToListAsync(ct);
}
