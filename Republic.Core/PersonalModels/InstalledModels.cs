using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels;

/// <summary>
/// The models that people can name in their minions: installed, and tested once. A file that several people have is in memory once: it stays
/// pinned as long as one of them has it pinned, and as long as the one wants it who wants it longest; those who are deactivated do not
/// count. The context is each one's own, because a longer one in memory answers requests for a shorter one.
/// </summary>
public sealed class InstalledModels(IDbContextFactory<RepublicDb> databases, IOptions<ModelHostOptions> host) : IInstalledModels
{
    public async Task<IReadOnlyDictionary<string, InstalledModel>> OfAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await db.PersonalModels.AsNoTracking().OwnedBy(owner).Installed().ToListAsync(ct);
        var retentions = await RetentionsAsync(db, own.ConvertAll(model => model.Sha256!), ct);
        return own.ToDictionary(
            model => model.Name,
            model => Of(model, retentions.GetValueOrDefault(model.Sha256!)),
            StringComparer.Ordinal
        );
    }

    /// <summary>A model whose file is here, though it may not have been tested yet.</summary>
    internal async Task<InstalledModel> OfAsync(PersonalModel model, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return Of(model, (await RetentionsAsync(db, [model.Sha256!], ct)).GetValueOrDefault(model.Sha256!));
    }

    /// <summary>The time that an idle file stays in memory; null where nobody has it any more, or only people who are deactivated.</summary>
    public async Task<InstalledModel?> OfFileAsync(string sha256, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var retention = (await RetentionsAsync(db, [sha256], ct)).GetValueOrDefault(sha256);
        return retention is null
            ? null
            : new InstalledModel(sha256, LoadAnyway: false) { IsPinned = retention.IsPinned, KeepAliveMinutes = retention.Minutes };
    }

    /// <summary>All who have a file.</summary>
    public async Task<IReadOnlyList<Guid>> OwnersAsync(string sha256, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonalModels.Where(m => m.Sha256 == sha256).Select(m => m.OwnerId).Distinct().ToListAsync(ct);
    }

    /// <summary>All files that a person has.</summary>
    public async Task<IReadOnlyList<string>> FilesOfAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonalModels.OwnedBy(owner).Where(m => m.Sha256 != null).Select(m => m.Sha256!).Distinct().ToListAsync(ct);
    }

    /// <summary>Whether somebody else has the same file and pinned it.</summary>
    public async Task<bool> IsPinnedByOthersAsync(Guid owner, string sha256, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await OfActive(db).AnyAsync(m => m.Sha256 == sha256 && m.OwnerId != owner && m.IsPinned, ct);
    }

    private static InstalledModel Of(PersonalModel model, Retention? retention) =>
        new(model.Sha256!, model.LoadAnyway)
        {
            IsPinned = retention?.IsPinned ?? model.IsPinned,
            KeepAliveMinutes = retention?.Minutes ?? model.KeepAliveMinutes,
            ContextLength = model.ContextLength,
        };

    private async Task<Dictionary<string, Retention>> RetentionsAsync(RepublicDb db, List<string> files, CancellationToken ct)
    {
        var usual = host.Value.KeepAliveMinutes;
        return await OfActive(db)
            .Where(m => files.Contains(m.Sha256!))
            .GroupBy(m => m.Sha256!)
            .Select(same => new
            {
                Sha256 = same.Key,
                // Any() would read the rows of each file once more.
                IsPinned = same.Max(m => m.IsPinned ? 1 : 0) > 0,
                Minutes = same.Max(m => m.KeepAliveMinutes ?? usual),
            })
            .ToDictionaryAsync(same => same.Sha256, same => new Retention(same.IsPinned, same.Minutes), StringComparer.Ordinal, ct);
    }

    private static IQueryable<PersonalModel> OfActive(RepublicDb db) =>
        db.PersonalModels.Where(m => db.Users.Any(p => p.Id == m.OwnerId && p.DeactivatedAt == null));

    private sealed record Retention(bool IsPinned, int Minutes);
}
