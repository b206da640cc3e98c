using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Interactions;

/// <summary>Which chats the versions of a minion learned from, and which of these were taken back since.</summary>
public sealed class VersionLineage(IDbContextFactory<RepublicDb> databases)
{
    /// <returns>By version, those that learned from chats alone.</returns>
    public async Task<IReadOnlyDictionary<int, VersionSource>> ReadAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var learned = await db.LearnedPairs.Where(pair => pair.OwnerId == owner && pair.MinionId == minion).AsNoTracking().ToListAsync(ct);
        if (learned.Count == 0)
        {
            return new Dictionary<int, VersionSource>();
        }

        var conversations = learned.Select(pair => pair.ConversationId).Distinct().ToList();
        var chats = await db
            .Conversations.OwnedBy(owner)
            .Where(c => conversations.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Title,
                Teaches = c.Participants.All(p => p.Citizen!.Kind != CitizenKind.Person || p.TeachesSince != null),
            })
            .ToDictionaryAsync(c => c.Id, ct);
        var memories = learned.SelectMany(pair => pair.MemoryIds).Distinct().ToList();
        var known = await db.Memories.Where(m => memories.Contains(m.Id)).Select(m => m.Id).ToListAsync(ct);
        var byRun = learned.ToLookup(pair => pair.RunId);
        var sources = new Dictionary<int, VersionSource>();
        var ancestry = await VersionAncestry.ReadAsync(db, minion, ct);
        foreach (var version in ancestry.Versions)
        {
            List<LearnedPair> pairs = [.. ancestry.RunsOf(version).SelectMany(run => byRun[run])];
            if (pairs.Count > 0)
            {
                sources[version] = new VersionSource(version, pairs.Count, pairs.Count(pair => pair.IsCorrection), Chats(pairs))
                {
                    ForgottenMemories = pairs.SelectMany(pair => pair.MemoryIds).Distinct().Except(known).Count(),
                };
            }
        }

        return sources;

        List<VersionSource.Chat> Chats(List<LearnedPair> pairs) =>
            [
                .. pairs
                    .CountBy(pair => pair.ConversationId)
                    .OrderByDescending(count => count.Value)
                    .Select(count =>
                    {
                        var chat = chats.GetValueOrDefault(count.Key);
                        return new VersionSource.Chat(count.Key, chat?.Title, count.Value, chat is not null, chat?.Teaches == true);
                    }),
            ];
    }
}
