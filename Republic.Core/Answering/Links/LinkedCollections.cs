using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Answering.Links;

/// <summary>Says which collections an answer may look into. Only those of the minion's own person, whatever is linked or named.</summary>
internal sealed class LinkedCollections(IDbContextFactory<RepublicDb> databases)
{
    public async Task<IReadOnlyList<LinkedCollection>> ForAsync(PipelineOrder order, CancellationToken ct)
    {
        var (minion, isOutside) = (order.Minion.Id, order.Call.Audience == AnswerAudience.KeyHolder);
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = db.Collections.AsNoTracking().OwnedBy(order.Minion.OwnerId);
        var allowed = order.Call.Collections is { } named
            ? own.Where(c => named.Contains(c.Id))
            : own.Where(c =>
                db.CollectionLinks.Any(l => l.CollectionId == c.Id && l.MinionId == minion && (l.AnswersOutside || !isOutside))
            );
        return await allowed.OrderBy(c => c.Name).Select(c => new LinkedCollection(c.Id, c.Name, c.Retrieval)).ToListAsync(ct);
    }
}
