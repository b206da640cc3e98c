using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Interactions.Lineage;

/// <summary>Looks up whether the chats that a version learned from still exist and still teach.</summary>
internal sealed class ChatConsents
{
    private readonly Dictionary<Guid, (string? Title, bool Teaches)> chats;

    private ChatConsents(Dictionary<Guid, (string?, bool)> chats) => this.chats = chats;

    public static async Task<ChatConsents> ReadAsync(RepublicDb db, Guid owner, IEnumerable<Guid> conversations, CancellationToken ct)
    {
        var ids = conversations.Distinct().ToList();
        var found = await db
            .Conversations.OwnedBy(owner)
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Title,
                Teaches = c.Participants.All(p => p.Citizen!.Kind != CitizenKind.Person || p.TeachesSince != null),
            })
            .ToListAsync(ct);
        return new ChatConsents(found.ToDictionary(c => c.Id, c => (c.Title, c.Teaches)));
    }

    public VersionSource.Chat Of(Guid conversation, int pairs)
    {
        var exists = chats.TryGetValue(conversation, out var chat);
        return new VersionSource.Chat(conversation, chat.Title, pairs, exists, exists && chat.Teaches);
    }

    public bool Exists(Guid conversation) => chats.ContainsKey(conversation);

    public bool Teaches(Guid conversation) => chats.TryGetValue(conversation, out var chat) && chat.Teaches;
}
