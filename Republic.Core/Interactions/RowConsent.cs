using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Training.Runs;

namespace Republic.Core.Interactions;

/// <summary>Checks the datasets that were made of chats: each chat has to teach still when a run begins or goes on.</summary>
internal sealed class RowConsent(IDbContextFactory<RepublicDb> databases) : IRowConsent
{
    public async Task<string?> ProblemAsync(TrainingJob run, CancellationToken ct)
    {
        var (owner, datasets) = (run.OwnerId, run.DatasetIds);
        await using var db = await databases.CreateDbContextAsync(ct);
        var conversations = await db
            .LearnedPairs.Where(pair => pair.OwnerId == owner && datasets.Contains(pair.DatasetId))
            .Select(pair => pair.ConversationId)
            .Distinct()
            .ToListAsync(ct);
        if (conversations.Count > 0 && run.BuildsCollection)
        {
            return "This run would copy rows of your chats into a collection, where a chat that is deleted or taken back could not be found again. Train weights alone, or choose the collections to answer from.";
        }

        var chats = await ChatConsents.ReadAsync(db, owner, conversations, ct);
        var gone = conversations.Count(conversation => !chats.Teaches(conversation));
        return gone == 0
            ? null
            : $"{gone} of the {conversations.Count} chats that this run's rows come from {(gone == 1 ? "was" : "were")} deleted or taken back. Train from your chats once more: what may still be learned is chosen again.";
    }
}
