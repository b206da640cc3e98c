using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Web.Pages.Training.Interactions;

/// <summary>The minions that a person may train from their chats.</summary>
internal static class LearningMinions
{
    private const int Most = 200;

    public static async Task<IReadOnlyList<MinionCard>> ListAsync(IQueryable<Minion> minions, Guid owner, CancellationToken ct) =>
        await minions.OwnedBy(owner).Live().Sorted(MinionSort.Name).Take(Most).Cards().ToListAsync(ct);

    /// <summary>The one that a page is about whose address names none: that which was asked most; null where there is no minion.</summary>
    public static Guid? Usual(IReadOnlyList<MinionCard> minions) =>
        minions.OrderByDescending(card => card.TotalQueries).FirstOrDefault()?.Id;
}
