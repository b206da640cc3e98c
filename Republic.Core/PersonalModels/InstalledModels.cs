using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels;

/// <summary>The models that people can name in their minions: installed, and tested once.</summary>
internal sealed class InstalledModels(IDbContextFactory<RepublicDb> databases) : IInstalledModels
{
    public async Task<IReadOnlyDictionary<string, InstalledModel>> OfAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await db.PersonalModels.AsNoTracking().OwnedBy(owner).Installed().ToListAsync(ct);
        var digests = own.ConvertAll(model => model.Sha256);
        // A file that several people have is in memory once, and stays as long as the one wants it who wants it longest.
        var others = await db
            .PersonalModels.Where(m => digests.Contains(m.Sha256) && m.OwnerId != owner && m.Measured != null)
            .GroupBy(m => m.Sha256)
            .Select(same => new
            {
                Sha256 = same.Key,
                IsPinned = same.Any(m => m.IsPinned),
                KeepAlive = same.Max(m => m.KeepAliveMinutes),
                Context = same.Max(m => m.ContextLength),
            })
            .ToDictionaryAsync(same => same.Sha256!, StringComparer.Ordinal, ct);
        return own.ToDictionary(
            model => model.Name,
            model =>
                others.GetValueOrDefault(model.Sha256!) is { } same
                    ? Of(model) with
                    {
                        IsPinned = model.IsPinned || same.IsPinned,
                        KeepAliveMinutes = Longer(model.KeepAliveMinutes, same.KeepAlive),
                        ContextLength = Longer(model.ContextLength, same.Context),
                    }
                    : Of(model),
            StringComparer.Ordinal
        );
    }

    /// <summary>Null is the default, of which the model host alone knows how long it is.</summary>
    private static int? Longer(int? one, int? other) => one is null || other is null ? one ?? other : Math.Max(one.Value, other.Value);

    internal static InstalledModel Of(PersonalModel model) =>
        new(model.Sha256!, model.LoadAnyway)
        {
            IsPinned = model.IsPinned,
            KeepAliveMinutes = model.KeepAliveMinutes,
            ContextLength = model.ContextLength,
        };
}
