using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Host;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>The models that the model host has in memory, and unloading them.</summary>
public sealed class ServedModels(
    IDbContextFactory<RepublicDb> databases,
    HostModels host,
    InstalledModels installed,
    SharedModels shared,
    ProviderCatalog providers,
    IOptions<ModelHostOptions> options
)
{
    /// <summary>Models of other people are counted, and not named.</summary>
    public async Task<ServedState> NowAsync(Guid owner, CancellationToken ct)
    {
        var health = await host.HealthAsync(ct);
        var (models, waiting) = (health.Models ?? [], health.Waiting ?? []);
        var known = await KnownAsync(owner, [.. models.Select(model => model.Id), .. waiting.Select(wait => wait.Id)], ct);
        return new ServedState(
            health.Memory?.BudgetBytes ?? options.Value.MemoryBytes,
            health.Memory?.PlannedBytes ?? 0,
            health.Memory?.RssBytes
        )
        {
            Models = [.. models.Select(model => Of(known[model.Id], model))],
            Waiting = [.. waiting.Select(wait => new WaitingModel(known[wait.Id].Id, known[wait.Id].Name, wait))],
        };
    }

    /// <summary>The wait for memory of the model that a minion of the owner answers with; null where it waits for none.</summary>
    public async Task<WaitingModel?> WaitOfAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var provider = providers.ModelHost.Name;
        var model = await db
            .Minions.OwnedBy(owner)
            .Where(m => m.Id == minion && m.Provider == provider)
            .Select(m => m.ModelId)
            .SingleOrDefaultAsync(ct);
        return model is null ? null : (await NowAsync(owner, ct)).Waiting.FirstOrDefault(wait => wait.Name == model);
    }

    /// <summary>Takes a model out of memory, at once or when its answers have ended. The next request loads it again.</summary>
    public async Task<Outcome<HostUnloading>> UnloadAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.PersonalModels.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        if (!model.IsInstalled)
        {
            return Failure.Conflict("This model is not installed yet, so it is not in memory.");
        }

        if (await installed.IsPinnedByOthersAsync(owner, model.Sha256!, ct))
        {
            return Failure.Conflict("Somebody else here has the same file and pinned it, so it stays in memory.");
        }

        try
        {
            return await host.UnloadAsync(await installed.OfAsync(model, ct), ct);
        }
        catch (HttpRequestException error)
        {
            return Failure.Upstream(error.Message);
        }
    }

    private async Task<Dictionary<string, VisibleFile>> KnownAsync(Guid owner, List<string> files, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await db.PersonalModels.OwnedBy(owner).Where(m => files.Contains(m.Sha256!)).OrderBy(m => m.Name).ToListAsync(ct);
        var everybodys = shared.Names;
        return files
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                file => file,
                file =>
                    own.Find(model => model.Sha256 == file) is { } model
                        ? new VisibleFile(model.Id, model.Name, model.IsPinned)
                        : new VisibleFile(null, everybodys.Contains(file) ? file : null, IsPinned: false),
                StringComparer.Ordinal
            );
    }

    private static ServedModel Of(VisibleFile file, HostHealth.Model model) =>
        new(file.Id, file.Name, model) { IsPinnedByOwner = file.IsPinned };

    /// <summary>What a person may know of a file in memory.</summary>
    private sealed record VisibleFile(Guid? Id, string? Name, bool IsPinned);
}
