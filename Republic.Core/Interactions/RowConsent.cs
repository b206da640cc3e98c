using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>Datasets that were made of chats: each of these has to teach still when a run begins or goes on.</summary>
internal sealed class RowConsent(IDbContextFactory<RepublicDb> databases) : IRowConsent
{
    public async Task<string?> ProblemAsync(Guid owner, IReadOnlyList<Guid> datasets, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var conversations = await db
            .LearnedPairs.Where(pair => pair.OwnerId == owner && datasets.Contains(pair.DatasetId))
            .Select(pair => pair.ConversationId)
            .Distinct()
            .ToListAsync(ct);
        var chats = await TaughtChats.ReadAsync(db, owner, conversations, ct);
        var gone = conversations.Count(conversation => !chats.Teaches(conversation));
        return gone == 0
            ? null
            : $"{gone} of the {conversations.Count} chats that this run's rows come from were deleted or taken back. Train from your chats once more: what may still be learned is chosen anew.";
    }
}
