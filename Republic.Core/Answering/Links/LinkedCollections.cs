using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Answering.Links;

/// <summary>Says which collections an answer may look into. Only those of the minion's own person, whatever is linked or named.</summary>
internal sealed class LinkedCollections(IDbContextFactory<RepublicDb> databases)
{
    public Task<IReadOnlyList<LinkedCollection>> ForAsync(PipelineOrder order, CancellationToken ct) =>
        ForAsync(order.Minion, order.Call.Audience, order.Call.Collections, ct);

    /// <param name="named">Those that whoever asks named; null for those that the minion is linked to.</param>
    public async Task<IReadOnlyList<LinkedCollection>> ForAsync(
        Minion minion,
        AnswerAudience audience,
        IReadOnlyCollection<Guid>? named,
        CancellationToken ct
    )
    {
        var isOutside = audience == AnswerAudience.KeyHolder;
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = db.Collections.AsNoTracking().OwnedBy(minion.OwnerId);
        var allowed = named is not null
            ? own.Where(c => named.Contains(c.Id))
            : own.Where(c =>
                db.CollectionLinks.Any(l => l.CollectionId == c.Id && l.MinionId == minion.Id && (l.AnswersOutside || !isOutside))
            );
        return await allowed.OrderBy(c => c.Name).Select(c => new LinkedCollection(c.Id, c.Name, c.Retrieval)).ToListAsync(ct);
    }
}
