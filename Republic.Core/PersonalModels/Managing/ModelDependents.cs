using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Managing;

/// <summary>Lists what depends on a model, for whoever is about to delete it.</summary>
public sealed class ModelDependents(IDbContextFactory<RepublicDb> databases, ProviderCatalog providers)
{
    /// <summary>The most adapters, the most runs, and the most scenarios that are listed.</summary>
    public const int Most = 100;

    public async Task<Outcome<DependentList>> OfAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.PersonalModels.OwnedBy(owner).Where(m => m.Id == id).Select(m => m.Name).SingleOrDefaultAsync(ct) is not { } name)
        {
            return Failure.NotFound("model");
        }

        var provider = providers.ModelHost.Name;
        var minions = await db
            .Minions.OwnedBy(owner)
            .Live()
            .OrderBy(m => m.Citizen.DisplayName)
            .Select(m => new
            {
                Item = new DependentItem(m.Id, m.Citizen.DisplayName),
                Uses = (m.Provider == provider && m.ModelId == name) || m.StyleModel == name,
                m.Fallbacks,
            })
            .AsNoTracking()
            .ToListAsync(ct);
        return new DependentList(
            [.. minions.Where(m => m.Uses).Select(m => m.Item)],
            [
                .. minions
                    .Where(m => m.Fallbacks.Exists(fallback => (fallback.Provider, fallback.ModelId) == (provider, name)))
                    .Select(m => m.Item),
            ],
            await AdaptersAsync(db, owner, provider, name, ct),
            await RunsAsync(db, owner, provider, name, ct),
            await CollectionsAsync(db, owner, provider, name, ct),
            await ScenariosAsync(db, owner, provider, name, ct),
            await HasMemoriesAsync(db, owner, provider, name, ct),
            await db
                .PersonalModels.OwnedBy(owner)
                .Where(m => m.QuantizedFrom == id)
                .OrderBy(m => m.Name)
                .Select(m => new DependentItem(m.Id, m.Name))
                .ToListAsync(ct)
        );
    }

    private static Task<List<DependentAdapter>> AdaptersAsync(
        RepublicDb db,
        Guid owner,
        string provider,
        string name,
        CancellationToken ct
    ) =>
        db
            .Minions.OwnedBy(owner)
            .Live()
            .SelectMany(
                minion =>
                    db.MinionVersions.Where(v =>
                        v.MinionId == minion.Id
                        && (
                            (v.Adapter != null && v.Provider == provider && v.ModelId == name)
                            || (v.StyleAdapter != null && v.StyleModel == name)
                        )
                    ),
                (minion, version) =>
                    new
                    {
                        version.CreatedAt,
                        version.Number,
                        minion.Citizen.DisplayName,
                    }
            )
            .OrderByDescending(one => one.CreatedAt)
            .ThenByDescending(one => one.Number)
            .Take(Most)
            .Select(one => new DependentAdapter(one.Number, one.DisplayName))
            .ToListAsync(ct);

    private static async Task<IReadOnlyList<DependentRun>> RunsAsync(
        RepublicDb db,
        Guid owner,
        string provider,
        string name,
        CancellationToken ct
    )
    {
        var runs = await db
            .TrainingJobs.OwnedBy(owner)
            .OrderByDescending(t => t.Id)
            .Select(t => new
            {
                t.Id,
                t.Name,
                IsOn = t.Provider == provider && t.ModelName == name,
                t.Config,
                IsActive = db.Jobs.Any(j =>
                    j.Id == t.WorkId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running || j.Status == JobStatus.Paused)
                ),
            })
            .AsNoTracking()
            .ToListAsync(ct);
        return
        [
            .. runs.Where(run => run.IsOn || run.Config.BaseModel == name)
                .OrderByDescending(run => run.IsActive)
                .Take(Most)
                .Select(run => new DependentRun(run.Id, run.Name, run.IsActive)),
        ];
    }

    private static async Task<IReadOnlyList<DependentItem>> CollectionsAsync(
        RepublicDb db,
        Guid owner,
        string provider,
        string name,
        CancellationToken ct
    )
    {
        var collections = await db
            .Collections.OwnedBy(owner)
            .Where(c => c.Embedding != null)
            .OrderBy(c => c.Name)
            .Select(c => new
            {
                c.Id,
                c.Name,
                c.Embedding,
            })
            .AsNoTracking()
            .ToListAsync(ct);
        return
        [
            .. collections
                .Where(c => (c.Embedding!.Provider, c.Embedding.ModelId) == (provider, name))
                .Select(c => new DependentItem(c.Id, c.Name)),
        ];
    }

    /// <summary>By their drafts: what a version names stays as it was published.</summary>
    private static Task<List<DependentItem>> ScenariosAsync(RepublicDb db, Guid owner, string provider, string name, CancellationToken ct)
    {
        var whole = $"{provider}/{name}";
        return db
            .Scenarios.OwnedBy(owner)
            .Where(s => s.Roles.Any(role => role.Model == name || role.Model == whole))
            .OrderBy(s => s.Name)
            .ThenBy(s => s.Id)
            .Take(Most)
            .Select(s => new DependentItem(s.Id, s.Name))
            .ToListAsync(ct);
    }

    private static async Task<bool> HasMemoriesAsync(RepublicDb db, Guid owner, string provider, string name, CancellationToken ct)
    {
        var memories = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == owner, ct);
        return memories?.Embedding is { } embedding && (embedding.Provider, embedding.ModelId) == (provider, name);
    }
}
