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
        var gone = conversations.FindAll(conversation => !chats.Teaches(conversation));
        if (gone.Count > 0)
        {
            return Words(conversations.Count, gone.Count, gone.Count(conversation => !chats.Exists(conversation)));
        }

        return conversations.Count > 0 && await db.Datasets.OwnedBy(owner).CountAsync(d => datasets.Contains(d.Id), ct) < datasets.Count
            ? "Rows of your chats that this run learns from were deleted. Train from your chats once more: what may still be learned is chosen again."
            : null;
    }

    private static string Words(int all, int gone, int deleted)
    {
        var chats =
            all == 1
                ? "The chat that this run's rows come from was"
                : $"{Counted.Of(gone)} of the {Counted.Of(all)} chats that this run's rows come from {(gone == 1 ? "was" : "were")}";
        var became =
            deleted == 0 ? "taken back"
            : deleted == gone ? "deleted"
            : "deleted or taken back";
        var next =
            deleted > 0 ? "Train from your chats once more: what may still be learned is chosen again."
            : gone == 1 ? "It can go on once that chat teaches again."
            : "It can go on once these chats teach again.";
        return $"{chats} {became}. {next}";
    }
}
