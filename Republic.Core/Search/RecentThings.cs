using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Search.Sources;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Search;

/// <summary>What a person used last: where they want to go, most likely, before they have typed a letter.</summary>
internal sealed class RecentThings(ConversationTitles chats, MinionNames minions, TaskNames tasks)
{
    private const int MostOfKind = 5;

    public async Task<IReadOnlyList<SearchResult>> ListAsync(RepublicDb db, Guid person, CancellationToken ct)
    {
        var used = db.Conversations.OwnedBy(person).Where(c => c.LeafId != null).OrderByDescending(c => c.UpdatedAt).Take(MostOfKind);
        List<SearchResult> results = [.. await chats.ReadAsync(db, used, null, ct)];
        var answered = db
            .Minions.Live()
            .OwnedBy(person)
            .OrderByDescending(m => m.Citizen.LastSeenAt != null)
            .ThenByDescending(m => m.Citizen.LastSeenAt)
            .ThenByDescending(m => m.Id)
            .Take(MostOfKind);
        foreach (var row in await MinionNames.Of(answered).ToListAsync(ct))
        {
            results.Add(await minions.ResultAsync(row, null, ct));
        }

        var changed = db
            .Tasks.VisibleTo(db, person)
            .Where(t => t.Status != WorkTaskStatus.Archived)
            .OrderByDescending(t => t.UpdatedAt)
            .ThenByDescending(t => t.Id)
            .Take(MostOfKind);
        foreach (var row in await TaskNames.Of(changed).ToListAsync(ct))
        {
            results.Add(await tasks.ResultAsync(row, null, ct));
        }

        return results;
    }
}
