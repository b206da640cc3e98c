using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Answering.Turns;

public static class TurnQueries
{
    public static IQueryable<TTurn> BeingWritten<TTurn>(this IQueryable<TTurn> turns)
        where TTurn : Turn => turns.Where(t => t.State == TurnState.Pending || t.State == TurnState.Streaming);

    /// <summary>Those that are being written, and those that wait for a person.</summary>
    public static IQueryable<TTurn> Unfinished<TTurn>(this IQueryable<TTurn> turns)
        where TTurn : Turn =>
        turns.Where(t => t.State == TurnState.Pending || t.State == TurnState.Streaming || t.State == TurnState.Waiting);

    /// <summary>
    /// The saved texts of those turns that are being written, by id. Read before the turns themselves: one that ends in between then has
    /// its whole text in its row.
    /// </summary>
    public static async Task<TurnTexts> SavedTextsAsync<TTurn>(this RepublicDb db, IQueryable<TTurn> turns, CancellationToken ct)
        where TTurn : Turn
    {
        var pieces = await db.Set<TurnPiece<TTurn>>()
            .AsNoTracking()
            .Where(p => turns.Any(t => t.Id == p.TurnId))
            .OrderBy(p => p.Offset)
            .ToListAsync(ct);
        return new(pieces.GroupBy(p => p.TurnId).ToDictionary(turn => turn.Key, turn => string.Concat(turn.Select(p => p.Text))));
    }

    /// <summary>The saved text of a turn that is being written, as far as its row does not have it.</summary>
    internal static async Task<string> SavedTextAsync<TTurn>(this RepublicDb db, Guid id, CancellationToken ct)
        where TTurn : Turn =>
        string.Concat(
            await db.Set<TurnPiece<TTurn>>().Where(p => p.TurnId == id).OrderBy(p => p.Offset).Select(p => p.Text).ToListAsync(ct)
        );
}
