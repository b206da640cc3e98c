using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;

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

    /// <summary>Something that says just this is kept, whether it is in use or not.</summary>
    public async Task<bool> HoldsAsync(Guid person, Guid minion, string what, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return Same(await db.Memories.AsNoTracking().OwnedBy(person).Where(m => m.MinionId == minion).ToListAsync(ct), what).Count > 0;
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

        var same = Same(all, what);
        if (same.Count > 0)
        {
            return (same, []);
        }

        // What another took the place of is no longer remembered, and goes only with what says just the same.
        var held = all.FindAll(m => m.Status != MemoryStatus.Superseded);
        var settings = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person, ct);
        var matched = await match.FindAsync(db, held, settings, what, ct);
        return matched.Whole is [var one] ? (Same(all, one.Content), []) : ([], matched.Whole.Count > 0 ? matched.Whole : matched.Best);
    }

    private static List<Memory> Same(List<Memory> all, string content)
    {
        // “Vergiss, dass ich in Köln wohne” means what was kept as “Ich wohne in Köln.”
        Statement[] meant = [Statement.Of(content), Statement.Of(SubordinateClause.AsMainClause(content))];
        return all.FindAll(m => Array.Exists(meant, Statement.Of(m.Content).Repeats));
    }

    private static IReadOnlyList<string> Contents(IReadOnlyList<Memory> memories) =>
        [.. memories.Select(m => m.Content).Distinct(StringComparer.Ordinal)];
}
