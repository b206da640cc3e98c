using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Providers;

namespace Republic.Core.Episodes.Casting;

/// <summary>Reads who a person may have play: themselves, their minions, and people with whom they share a task.</summary>
public sealed class CastChoices(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog)
{
    public const int MostOffered = 500;

    /// <summary>The person first, then other people, then minions, by name.</summary>
    public async Task<IReadOnlyList<CastChoice>> ReadAsync(Guid me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db
            .Citizens.AsNoTracking()
            .VisibleTo(db, me)
            .Where(c =>
                c.IsActive
                && (
                    c.Kind == CitizenKind.Person
                        ? db.Users.Any(p => p.Id == c.Id && p.DeactivatedAt == null)
                        : db.Minions.Any(m => m.Id == c.Id && m.OwnerId == me)
                )
            )
            .OrderBy(c => c.Id != me)
            .ThenBy(c => c.Kind == CitizenKind.Minion)
            .ThenBy(c => c.DisplayName)
            .ThenBy(c => c.Id)
            .Take(MostOffered)
            .Select(c => new
            {
                Citizen = c,
                Minion = db.Minions.Where(m => m.Id == c.Id).Select(m => new { m.Provider, m.ModelId }).SingleOrDefault(),
                Collections = db.CollectionLinks.Count(link => link.MinionId == c.Id),
            })
            .ToListAsync(ct);
        return found.ConvertAll(one => new CastChoice(
            one.Citizen.Id,
            one.Citizen.Kind,
            one.Citizen.DisplayName,
            one.Citizen.Avatar,
            one.Citizen.AvatarImageId,
            one.Minion?.ModelId,
            SentTo(one.Minion?.Provider),
            one.Collections
        ));
    }

    private string? SentTo(string? provider) =>
        provider is null || provider == catalog.ModelHost.Name ? null : catalog.Find(provider)?.DisplayName ?? provider;
}
