using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;

namespace Republic.Core.Memories;

/// <summary>
/// Carries out “forget that …”. Only what says just this is forgotten: of things that are merely like it, the person is told, and none
/// is lost by a guess.
/// </summary>
public sealed class MemoryForgetting(IDbContextFactory<RepublicDb> databases, MemoryMatch match, IServiceScopeFactory scopes)
{
    /// <param name="what">As the person said it, without the order itself.</param>
    public async Task<Forgotten> ForgetAsync(Guid person, Guid minion, string what, CancellationToken ct)
    {
        var (meant, like) = await FindAsync(person, minion, what, ct);
        using var scope = scopes.CreateScope();
        var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
        foreach (var memory in meant)
        {
            await editor.ForgetAsync(person, memory.Id, ct);
        }

        return new Forgotten(Contents(meant), Contents(like));
    }

    private async Task<(IReadOnlyList<Memory> Meant, IReadOnlyList<Memory> Like)> FindAsync(
        Guid person,
        Guid minion,
        string what,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var all = await db.Memories.AsNoTracking().OwnedBy(person).Where(m => m.MinionId == minion).ToListAsync(ct);
        if (all.Count == 0)
        {
            return ([], []);
        }

        var statement = Statement.Of(what);
        var same = all.FindAll(m => Statement.Of(m.Content).Repeats(statement));
        if (same.Count > 0)
        {
            return (same, []);
        }

        var settings = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct);
        var matched = await match.FindAsync(db, all, settings, what, ct);
        return matched.Whole.Count == 1 ? (matched.Whole, []) : ([], matched.Whole.Count > 0 ? matched.Whole : matched.Best);
    }

    private static IReadOnlyList<string> Contents(IReadOnlyList<Memory> memories) =>
        [.. memories.Select(m => m.Content).Distinct(StringComparer.Ordinal)];
}
