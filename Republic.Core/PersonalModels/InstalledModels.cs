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
        return await db
            .PersonalModels.AsNoTracking()
            .OwnedBy(owner)
            .Installed()
            .ToDictionaryAsync(m => m.Name, m => Of(m), StringComparer.Ordinal, ct);
    }

    internal static InstalledModel Of(PersonalModel model) =>
        new(model.Sha256!, model.LoadAnyway)
        {
            IsPinned = model.IsPinned,
            KeepAliveMinutes = model.KeepAliveMinutes,
            ContextLength = model.ContextLength,
        };
}
