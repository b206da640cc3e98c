using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>Chooses what questions are written about.</summary>
internal static class DraftPlaces
{
    /// <summary>Shorter passages are headings and leftovers, of which nobody asks anything.</summary>
    private const int Shortest = 80;

    /// <summary>From one document after the other, evenly over each, and none that has a question already.</summary>
    public static async Task<List<(string Document, Passage Passage)>> ChooseAsync(
        RepublicDb db,
        Guid owner,
        Guid collection,
        int count,
        CancellationToken ct
    )
    {
        var free = await db
            .Passages.OwnedBy(owner)
            .Where(p => p.CollectionId == collection && p.Text.Length >= Shortest)
            .Where(p =>
                !db.GoldenQuestions.Any(q => q.DocumentId == p.DocumentId && q.Start < p.Start + p.Length && p.Start < q.Start + q.Length)
            )
            .OrderBy(p => p.DocumentId)
            .ThenBy(p => p.Ordinal)
            .Select(p => new { p.Id, p.DocumentId })
            .ToListAsync(ct);
        var chosen = Spread([.. free.GroupBy(p => p.DocumentId, p => p.Id).Select(document => document.ToList())], count);
        var passages = await db.Passages.AsNoTracking().OwnedBy(owner).Where(p => chosen.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var documents = await db
            .Documents.OwnedBy(owner)
            .Where(d => d.CollectionId == collection)
            .ToDictionaryAsync(d => d.Id, d => d.Name, ct);
        return chosen.FindAll(passages.ContainsKey).ConvertAll(id => (documents[passages[id].DocumentId], passages[id]));
    }

    internal static List<Guid> Spread(List<List<Guid>> documents, int count)
    {
        // How many each document gives, one after the other until it is enough.
        var shares = new int[documents.Count];
        for (var (given, any) = (0, true); given < count && any; )
        {
            any = false;
            for (var i = 0; i < documents.Count && given < count; i++)
            {
                if (shares[i] < documents[i].Count)
                {
                    (shares[i], given, any) = (shares[i] + 1, given + 1, true);
                }
            }
        }

        return
        [
            .. documents.SelectMany(
                (passages, i) => Enumerable.Range(0, shares[i]).Select(n => passages[(int)((n + 0.5) * passages.Count / shares[i])])
            ),
        ];
    }
}
