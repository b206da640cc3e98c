using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Interactions.Lineage;

/// <summary>Reads which chats the versions of a minion learned from, and which of these were taken back since.</summary>
public sealed class VersionLineage(IDbContextFactory<RepublicDb> databases)
{
    /// <returns>By version, those that learned from chats alone.</returns>
    public async Task<IReadOnlyDictionary<int, VersionSource>> ReadAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var ancestry = await VersionAncestry.ReadAsync(db, minion, ct);
        var datasets = ancestry.Versions.SelectMany(ancestry.DatasetsOf).Distinct().ToList();
        var learned = db.LearnedPairs.Where(pair => pair.OwnerId == owner && datasets.Contains(pair.DatasetId));
        var counts = (
            await learned
                .GroupBy(pair => new { pair.DatasetId, pair.ConversationId })
                .Select(chat => new
                {
                    chat.Key.DatasetId,
                    chat.Key.ConversationId,
                    Pairs = chat.Count(),
                    Corrections = chat.Count(pair => pair.IsCorrection),
                })
                .ToListAsync(ct)
        ).ToLookup(chat => chat.DatasetId);
        if (counts.Count == 0)
        {
            return new Dictionary<int, VersionSource>();
        }

        var memories = await learned
            .Where(pair => pair.MemoryIds.Count > 0)
            .Select(pair => new { pair.DatasetId, pair.MemoryIds })
            .ToListAsync(ct);
        var used = memories.SelectMany(pair => pair.MemoryIds).Distinct().ToList();
        var known = await db.Memories.Where(memory => used.Contains(memory.Id)).Select(memory => memory.Id).ToListAsync(ct);
        var forgotten = used.Except(known).ToHashSet();
        var chats = await ChatConsents.ReadAsync(db, owner, counts.SelectMany(set => set).Select(chat => chat.ConversationId), ct);
        var sources = new Dictionary<int, VersionSource>();
        foreach (var version in ancestry.Versions)
        {
            var own = ancestry.DatasetsOf(version);
            var rows = own.SelectMany(set => counts[set]).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            var byChat = rows.GroupBy(row => row.ConversationId).OrderByDescending(chat => chat.Sum(row => row.Pairs));
            sources[version] = new VersionSource(
                version,
                rows.Sum(row => row.Pairs),
                rows.Sum(row => row.Corrections),
                [.. byChat.Select(chat => chats.Of(chat.Key, chat.Sum(row => row.Pairs)))]
            )
            {
                ForgottenMemories = memories
                    .Where(pair => own.Contains(pair.DatasetId))
                    .SelectMany(pair => pair.MemoryIds)
                    .Distinct()
                    .Count(forgotten.Contains),
            };
        }

        return sources;
    }
}
