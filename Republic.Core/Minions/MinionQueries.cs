using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.Minions;

public static class MinionQueries
{
    public static IQueryable<Minion> Live(this IQueryable<Minion> minions) => minions.Where(minion => minion.DeletedAt == null);

    /// <summary>A key is missing, its own and a stored one, or the model: it was not found when it was last looked for, or is not here.</summary>
    /// <param name="here">The models that run on this machine.</param>
    public static IQueryable<Minion> NeedingAttention(
        this IQueryable<Minion> minions,
        ProviderCatalog catalog,
        CredentialSet keys,
        IReadOnlyList<string> here
    )
    {
        var host = catalog.ModelHost.Name;
        var wanting = catalog.Rows.Where(row => row.Key == KeyNeed.Required && !keys.Has(row.Name)).Select(row => row.Name).ToList();
        return minions.Where(m =>
            m.SyncStatus != SyncStatus.Synced
            || (m.SealedApiKey == null && wanting.Contains(m.Provider))
            || (m.Provider == host && !here.Contains(m.ModelId))
        );
    }

    public static IQueryable<Minion> Matching(this IQueryable<Minion> minions, string? words)
    {
        foreach (var word in SearchWords.Of(words))
        {
            var like = LikePattern.Containing(word);
            minions = minions.Where(m =>
                EF.Functions.ILike(m.Citizen.DisplayName, like, LikePattern.Escape)
                || EF.Functions.ILike(m.Name, like, LikePattern.Escape)
                || EF.Functions.ILike(m.ModelId, like, LikePattern.Escape)
                || EF.Functions.ILike(m.Description ?? "", like, LikePattern.Escape)
                || m.Citizen.Skills.Any(skill => EF.Functions.ILike(skill, like, LikePattern.Escape))
                || m.Tags.Any(tag => EF.Functions.ILike(tag, like, LikePattern.Escape))
            );
        }

        return minions;
    }

    /// <summary>Favourites come first in every order: that is what the star is for.</summary>
    public static IQueryable<Minion> Sorted(this IQueryable<Minion> minions, MinionSort sort)
    {
        var first = minions.OrderByDescending(m => m.IsFavorite);
        var sorted = sort switch
        {
            MinionSort.Level => first.ThenByDescending(m => m.Experience),
            MinionSort.Newest => first.ThenByDescending(m => m.CreatedAt),
            MinionSort.Name => first.ThenBy(m => m.Citizen.DisplayName.ToLower()),
            _ => first.ThenByDescending(m => m.TotalQueries),
        };
        return sorted.ThenBy(m => m.Name);
    }

    public static IQueryable<MinionCard> Cards(this IQueryable<Minion> minions) =>
        minions.Select(m => new MinionCard
        {
            Id = m.Id,
            DisplayName = m.Citizen.DisplayName,
            Avatar = m.Citizen.Avatar,
            AvatarImageId = m.Citizen.AvatarImageId,
            Description = m.Description,
            Provider = m.Provider,
            ModelId = m.ModelId,
            BaseUrl = m.BaseUrl,
            CredentialId = m.CredentialId,
            Tags = m.Tags,
            Experience = m.Experience,
            TotalQueries = m.TotalQueries,
            SuccessfulQueries = m.SuccessfulQueries,
            IsFavorite = m.IsFavorite,
            IsActive = m.Citizen.IsActive,
            IsDeleted = m.DeletedAt != null,
            Version = m.Version,
            HasKey = m.SealedApiKey != null,
            SyncStatus = m.SyncStatus,
        });
}
