using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Missing;

/// <summary>Moves minions from one model on this machine to another, wherever they name it.</summary>
public sealed class ModelMoves(
    RepublicDb db,
    LocalModels local,
    PersonalModelStore store,
    ProviderCatalog catalog,
    AfterCommit after,
    TimeProvider time
)
{
    /// <summary>As long as the name of a model in a minion can be.</summary>
    private const int MaxName = 300;

    /// <param name="minion">The one to move; null for all of the person's that name the model.</param>
    public async Task<Outcome<IReadOnlyList<MovedMinion>>> MoveAsync(Guid owner, Guid? minion, string from, string to, CancellationToken ct)
    {
        if ((await local.OfAsync(owner, ct)).FirstOrDefault(model => model.Name == to) is not { } target)
        {
            return Failure.Invalid("model_id", $"“{to}” is not a model that answers on this machine. Choose another one.");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var minions = await LockedAsync(owner, minion is { } one ? [one] : null, ct);
        if (minion is not null && minions.Count == 0)
        {
            return Failure.NotFound("minion");
        }

        List<MovedMinion> moved = [];
        foreach (var each in minions.Where(each => from != to && Names(each, from)))
        {
            moved.Add(await MoveAsync(each, from, target, ct));
        }

        if (moved.Count == 0)
        {
            return Failure.Conflict($"Nothing was moved: “{from}” was changed for another model meanwhile. Reload the page.");
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await after.RunAsync(end => ChangedAsync(owner, to, end));
        return moved;
    }

    /// <summary>Puts minions back that were moved; those that were changed or trained since stay as they are.</summary>
    /// <returns>The number of minions that were put back.</returns>
    public async Task<int> UndoAsync(Guid owner, IReadOnlyList<MovedMinion> moved, string from, string to, CancellationToken ct)
    {
        if (from.Length is 0 or > MaxName || from.Concat(to).Any(char.IsControl))
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var minions = await LockedAsync(owner, [.. moved.Select(one => one.Id)], ct);
        var back = 0;
        foreach (var minion in minions)
        {
            var before = moved.First(one => one.Id == minion.Id);
            var (isOwn, fallbacks) = (
                before.IsOwn && IsOn(minion, to) && minion.Adapter is null,
                FallbacksOn(minion, to).Intersect(before.Fallbacks).ToList()
            );
            Put(minion, isOwn, fallbacks, from, keepsWeights: false);
            back += isOwn || fallbacks.Count > 0 ? 1 : 0;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await after.RunAsync(end => ChangedAsync(owner, to, end));
        return back;
    }

    private async Task<MovedMinion> MoveAsync(Minion minion, string from, LocalModel target, CancellationToken ct)
    {
        var (isOwn, fallbacks) = (IsOn(minion, from), FallbacksOn(minion, from));
        var hasWeights = isOwn && minion.Adapter is not null;
        var keepsWeights = hasWeights && await FollowAsync(minion, from, target, ct);
        Put(minion, isOwn, fallbacks, target.Name, keepsWeights);
        MovedWeights? weights = hasWeights ? (keepsWeights ? MovedWeights.Kept : MovedWeights.OutOfUse) : null;
        return new MovedMinion(minion.Id, minion.Citizen.DisplayName, isOwn, fallbacks, weights);
    }

    /// <summary>Versions that were trained on the file that the new model has belong to it from now on.</summary>
    /// <returns>Whether the version that the minion answers with is one of them.</returns>
    private async Task<bool> FollowAsync(Minion minion, string from, LocalModel target, CancellationToken ct)
    {
        if (target.Sha256 is not { } digest)
        {
            return false;
        }

        var provider = catalog.ModelHost.Name;
        var trained = db.MinionVersions.Where(v =>
            v.MinionId == minion.Id && v.Provider == provider && v.Adapter != null && v.BaseSha256 == digest
        );
        await trained.Where(v => v.ModelId == from).ExecuteUpdateAsync(set => set.SetProperty(v => v.ModelId, target.Name), ct);
        return await trained.AnyAsync(v => v.Number == minion.Version && v.Adapter == minion.Adapter && v.ModelId == target.Name, ct);
    }

    private void Put(Minion minion, bool isOwn, List<int> fallbacks, string model, bool keepsWeights)
    {
        if (isOwn)
        {
            minion.MoveTo(model, keepsWeights, time.GetUtcNow());
        }

        if (fallbacks.Count > 0)
        {
            minion.Fallbacks = [.. minion.Fallbacks.Select((one, i) => fallbacks.Contains(i) ? one with { ModelId = model } : one)];
            minion.UpdatedAt = time.GetUtcNow();
        }
    }

    /// <summary>An edit of one of them waits, and comes after.</summary>
    private async Task<List<Minion>> LockedAsync(Guid owner, Guid[]? only, CancellationToken ct)
    {
        var ids = only ?? await db.Minions.OwnedBy(owner).Live().Select(m => m.Id).ToArrayAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from minions where owner_id = {owner} and id = any({ids}) order by id for no key update",
            ct
        );
        return await db.Minions.OwnedBy(owner).Live().Where(m => ids.Contains(m.Id)).OrderBy(m => m.Id).ToListAsync(ct);
    }

    private bool Names(Minion minion, string model) => IsOn(minion, model) || FallbacksOn(minion, model).Count > 0;

    private bool IsOn(Minion minion, string model) => (minion.Provider, minion.ModelId) == (catalog.ModelHost.Name, model);

    private List<int> FallbacksOn(Minion minion, string model) =>
        [
            .. minion
                .Fallbacks.Index()
                .Where(one => (one.Item.Provider, one.Item.ModelId) == (catalog.ModelHost.Name, model))
                .Select(one => one.Index),
        ];

    /// <summary>Pages about the model show who uses it.</summary>
    private async Task ChangedAsync(Guid owner, string name, CancellationToken ct)
    {
        if (await db.PersonalModels.AsNoTracking().OwnedBy(owner).SingleOrDefaultAsync(m => m.Name == name, ct) is { } model)
        {
            store.Changed(model);
        }
    }
}
