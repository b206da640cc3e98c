using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Memories;

/// <summary>Opens a case for each memory in use that cannot be true together with another.</summary>
internal static class Contradictions
{
    /// <summary>By rules (<see cref="Statement"/>), and with those that a model named.</summary>
    public static async Task OpenAsync(RepublicDb db, Memory memory, DateTimeOffset now, CancellationToken ct)
    {
        var statement = Statement.Of(memory.Content);
        var others = await db
            .Memories.AsNoTracking()
            .OwnedBy(memory.OwnerId)
            .Where(m => m.MinionId == memory.MinionId && m.Status == MemoryStatus.Active && m.Id != memory.Id)
            .ToListAsync(ct);
        foreach (var other in others.Where(other => Statement.Of(other.Content).Contradicts(statement)))
        {
            db.MemoryConflicts.Add(
                new MemoryConflict
                {
                    OwnerId = memory.OwnerId,
                    OlderId = other.Id,
                    NewerId = memory.Id,
                    CreatedAt = now,
                }
            );
        }
    }
}
