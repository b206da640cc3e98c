using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Chats.Conversations;
using Republic.Core.Data;

namespace Republic.Core.Interactions.Deleting;

/// <summary>Deletes chats for good that were deleted <see cref="Conversation.DaysKept"/> days ago.</summary>
internal sealed class DeletedChatSweep(
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<DeletedChatSweep> log
) : Sweep(TimeSpan.FromHours(1), "Deleted chats whose time is over are still there", time, log)
{
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var before = Time.GetUtcNow().AddDays(-Conversation.DaysKept);
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.Conversations.Deleted().Where(c => c.DeletedAt <= before).Select(c => new { c.Id, c.OwnerId }).ToListAsync(ct);
        var erased = 0;
        foreach (var chat in due)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var finished = await scope.ServiceProvider.GetRequiredService<ChatDeletion>().FinishAsync(chat.OwnerId, chat.Id, ct);
                erased += finished.Ok ? 1 : 0;
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // One that fails must not keep the others waiting.
                Log.LogError(error, "The deleted chat {Chat} will be deleted for good later", chat.Id);
            }
        }

        return erased;
    }
}
