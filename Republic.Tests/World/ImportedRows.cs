using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Conversations;
using Republic.Core.Tasks;

namespace Republic.Tests.World;

/// <summary>Puts rows into states that an export is to carry along.</summary>
internal static class ImportedRows
{
    /// <summary>Shows the branch that ends there.</summary>
    public static Task<int> ExecuteUpdateLeafAsync(this IQueryable<Conversation> chats, Guid chat, Guid leaf) =>
        chats.Where(c => c.Id == chat).ExecuteUpdateAsync(set => set.SetProperty(c => c.LeafId, leaf));

    /// <summary>In progress, and a minion's.</summary>
    public static Task<int> PlantStateAsync(this IQueryable<WorkTask> tasks, Guid task, Guid minion) =>
        tasks
            .Where(t => t.Id == task)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, WorkTaskStatus.InProgress).SetProperty(t => t.AssignedTo, minion));
}
