using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Links;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Training.Versions;

/// <summary>The collections that a version brings when it becomes the minion's own, and takes with it when another one does.</summary>
internal static class VersionLinks
{
    /// <summary>Links that a person made stay as they are. Whoever calls holds the minion's row, and saves.</summary>
    public static async Task PutAsync(RepublicDb db, MinionVersion version, Minion minion, DateTimeOffset now, CancellationToken ct)
    {
        var links = await db.CollectionLinks.Where(link => link.MinionId == minion.Id).ToListAsync(ct);
        var there = await db
            .Collections.OwnedBy(minion.OwnerId)
            .Where(c => version.CollectionIds.Contains(c.Id))
            .Select(c => c.Id)
            .ToListAsync(ct);
        foreach (var link in links.Where(link => link.Version is not null))
        {
            if (there.Contains(link.CollectionId))
            {
                link.Version = version.Number;
            }
            else
            {
                db.CollectionLinks.Remove(link);
            }
        }

        db.CollectionLinks.AddRange(
            there
                .Except(links.Select(link => link.CollectionId))
                .Select(collection => new CollectionLink
                {
                    MinionId = minion.Id,
                    CollectionId = collection,
                    Version = version.Number,
                    CreatedAt = now,
                })
        );
    }
}
