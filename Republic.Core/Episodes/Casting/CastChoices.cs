using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Casting;

/// <summary>Reads who a person may have play: themselves, their minions, and people with whom they share a task.</summary>
public sealed class CastChoices(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, MinionDeprecations deprecations)
{
    public const int MostOffered = 500;

    /// <summary>The person first, then other people, then minions, by name.</summary>
    /// <param name="definition">The scenario that is played.</param>
    public async Task<CastOffer> ReadAsync(Guid me, ScenarioDefinition definition, CancellationToken ct)
    {
        var announced = await deprecations.ForAsync(me, ct);
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
                Minion = db
                    .Minions.Where(m => m.Id == c.Id)
                    .Select(m => new
                    {
                        m.Provider,
                        m.ModelId,
                        m.BaseUrl,
                        m.CredentialId,
                        HasKey = m.SealedApiKey != null,
                    })
                    .SingleOrDefault(),
                Collections = db.CollectionLinks.Count(link => link.MinionId == c.Id),
            })
            .ToListAsync(ct);
        var choices = found.ConvertAll(one => new CastChoice(
            one.Citizen.Id,
            one.Citizen.Kind,
            one.Citizen.DisplayName,
            one.Citizen.Avatar,
            one.Citizen.AvatarImageId,
            one.Minion?.ModelId,
            SentTo(one.Minion?.Provider),
            one.Collections,
            one.Minion is { } minion
                ? announced.OfTyped(minion.Provider, minion.BaseUrl, minion.CredentialId, minion.HasKey, minion.ModelId)
                : null
        ));
        return new CastOffer(choices, RoleDeprecations.Of(definition, announced));
    }

    private string? SentTo(string? provider) =>
        provider is null || provider == catalog.ModelHost.Name ? null : catalog.Find(provider)?.DisplayName ?? provider;
}
