using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Knowledge.Collections;

/// <summary>Reads a person's collections.</summary>
public sealed class CollectionCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>Newest first. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<IReadOnlyList<CollectionCard>> ListAsync(Guid owner, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var collections = db.Collections.OwnedBy(owner);
        if (before is { } last)
        {
            // Ids are ordered by the time they were made.
            collections = collections.Where(c => c.Id < last);
        }

        return await CardsAsync(db, collections.OrderByDescending(c => c.Id).Take(Math.Clamp(limit, 1, MaxPage)), ct);
    }

    public async Task<Outcome<CollectionCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, db.Collections.OwnedBy(owner).Where(c => c.Id == id), ct);
        return cards is [var card] ? card : Failure.NotFound("collection");
    }

    private static async Task<List<CollectionCard>> CardsAsync(RepublicDb db, IQueryable<Collection> collections, CancellationToken ct)
    {
        var rows = await collections
            .Select(c => new
            {
                Collection = c,
                Documents = db.Documents.Count(d => d.CollectionId == c.Id),
                Passages = db.Documents.Where(d => d.CollectionId == c.Id).Sum(d => d.PassageCount),
                Languages = db
                    .Documents.Where(d => d.CollectionId == c.Id && d.PassageCount > 0)
                    .GroupBy(d => d.Language)
                    .Select(language => new LanguagePassages(language.Key, language.Sum(d => d.PassageCount)))
                    .ToList(),
                Edited = db.Passages.Count(p => p.CollectionId == c.Id && p.IsEdited),
                Bytes = db.Documents.Where(d => d.CollectionId == c.Id).Sum(d => d.Bytes),
                Processing = db
                    .Documents.Where(d => d.CollectionId == c.Id)
                    .Join(db.Jobs, d => d.JobId, j => j.Id, (_, j) => j.Status)
                    .Count(status => status == JobStatus.Queued || status == JobStatus.Running),
                Failed = db
                    .Documents.Where(d => d.CollectionId == c.Id)
                    .Join(db.Jobs, d => d.JobId, j => j.Id, (_, j) => j.Status)
                    .Count(status => status == JobStatus.Failed),
                Minions = db
                    .CollectionLinks.Where(l => l.CollectionId == c.Id)
                    .Join(db.Minions, l => l.MinionId, m => m.Id, (l, m) => new { Link = l, Minion = m })
                    .Where(both => both.Minion.DeletedAt == null)
                    .OrderBy(both => both.Minion.Citizen.DisplayName)
                    .Select(both => new LinkedMinion(both.Minion.Id, both.Minion.Citizen.DisplayName, both.Link.AnswersOutside))
                    .ToList(),
            })
            .AsNoTracking()
            .AsSplitQuery()
            .ToListAsync(ct);
        return rows.ConvertAll(row => new CollectionCard
        {
            Id = row.Collection.Id,
            Name = row.Collection.Name,
            Description = row.Collection.Description,
            Cutting = row.Collection.Cutting,
            Retrieval = row.Collection.Retrieval,
            Embedding = row.Collection.Embedding,
            DocumentCount = row.Documents,
            PassageCount = row.Passages,
            Languages = [.. row.Languages.OrderByDescending(language => language.Passages).ThenBy(language => language.Language)],
            EditedPassages = row.Edited,
            Processing = row.Processing,
            Failed = row.Failed,
            Bytes = row.Bytes,
            Minions = row.Minions,
            CreatedAt = row.Collection.CreatedAt,
            UpdatedAt = row.Collection.UpdatedAt,
        });
    }
}
