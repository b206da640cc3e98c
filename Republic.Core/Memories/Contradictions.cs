using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Memories;

/// <summary>Opens a case for each memory in use that cannot be true together with another.</summary>
internal static class Contradictions
{
    /// <summary>Nobody settles more than this one by one, and each memory that contradicts all others would open as many as there are.</summary>
    public const int MostOpened = 20;

    /// <summary>By rules (<see cref="Statement"/>), with the newest first. What is superseded is not used, so nothing contradicts it.</summary>
    public static async Task OpenAsync(RepublicDb db, Memory memory, DateTimeOffset now, CancellationToken ct)
    {
        if (memory.Status == MemoryStatus.Superseded)
        {
            return;
        }

        var statement = Statement.Of(memory.Content);
        var others = await db
            .Memories.AsNoTracking()
            .OwnedBy(memory.OwnerId)
            .Where(m => m.MinionId == memory.MinionId && m.Status == MemoryStatus.Active && m.Id != memory.Id)
            .OrderByDescending(m => m.Id)
            .ToListAsync(ct);
        foreach (var other in others.Where(other => Statement.Of(other.Content).Contradicts(statement)).Take(MostOpened))
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
