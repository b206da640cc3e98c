using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Memories;

internal static class NewMemories
{
    /// <summary>Why something new is not remembered; null where it is. In a transaction, until whose end its chat is not deleted.</summary>
    public static async Task<Failure?> RefusalAsync(this RepublicDb db, Memory memory, CancellationToken ct)
    {
        if (memory.ConversationId is { } chat && !await HoldsAsync(db, chat, ct))
        {
            return Failure.NotFound("conversation");
        }

        return
            await db.Memories.CountAsync(m => m.OwnerId == memory.OwnerId && m.MinionId == memory.MinionId, ct)
            >= MemoryEditor.MostPerMinion
            ? Failure.Conflict($"A minion remembers at most {MemoryEditor.MostPerMinion:N0} things. Forget some first.")
            : null;
    }

    /// <summary>False where the chat was deleted.</summary>
    private static async Task<bool> HoldsAsync(RepublicDb db, Guid chat, CancellationToken ct)
    {
        var there = await db
            .Database.SqlQuery<Guid>($"""select id as "Value" from conversations where id = {chat} and deleted_at is null for share""")
            .ToListAsync(ct);
        return there.Count == 1;
    }
}
