using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels;

/// <summary>The names that people give their models. Minions name models by them, so no two that a person may use are called the same.</summary>
public sealed class ModelNames(SharedModels shared, ProviderCatalog catalog)
{
    /// <summary>The name without what surrounds it, or what is wrong with it.</summary>
    internal async Task<Outcome<string>> CheckAsync(RepublicDb db, Guid owner, string given, Guid? self, CancellationToken ct)
    {
        var name = given.Trim();
        return name.Length is 0 or > PersonalModelTable.MaxName
                ? Failure.Invalid("custom_name", $"A name has 1 to {PersonalModelTable.MaxName} characters.")
            : !FieldRules.IsLine(name) || name.AsSpan().ContainsAny('/', '\\')
                ? Failure.Invalid("custom_name", "A name has no slashes and no control characters.")
            : await IsTakenAsync(db, owner, name, self, ct)
                ? Failure.Invalid("custom_name", $"Another model that you can use is called “{name}”. Choose another name.")
            : name;
    }

    /// <summary>A free name that is like this one.</summary>
    internal async Task<string> FreeAsync(RepublicDb db, Guid owner, string like, CancellationToken ct)
    {
        var stem = new string([
            .. like.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-'),
        ])
            .Trim('-', '.')
            .AtMost(PersonalModelTable.MaxName - 4);
        stem = stem.Length == 0 ? "model" : stem;
        var name = stem;
        for (var number = 2; await IsTakenAsync(db, owner, name, self: null, ct); number++)
        {
            name = $"{stem}-{number}";
        }

        return name;
    }

    /// <summary>Minions that use the model go on using it.</summary>
    internal async Task RenameInMinionsAsync(RepublicDb db, PersonalModel model, string name, CancellationToken ct)
    {
        var (owner, provider, old) = (model.OwnerId, catalog.ModelHost.Name, model.Name);
        foreach (var minion in await db.Minions.Where(m => m.OwnerId == owner).ToListAsync(ct))
        {
            minion.ModelId = (minion.Provider, minion.ModelId) == (provider, old) ? name : minion.ModelId;
            if (minion.Fallbacks.Any(fallback => (fallback.Provider, fallback.ModelId) == (provider, old)))
            {
                minion.Fallbacks =
                [
                    .. minion.Fallbacks.Select(fallback =>
                        (fallback.Provider, fallback.ModelId) == (provider, old) ? fallback with { ModelId = name } : fallback
                    ),
                ];
            }
        }

        await db
            .ModelCalls.Where(c => c.OwnerId == owner && c.Provider == provider && c.Model == old)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Model, name), ct);
        await db
            .MinionVersions.Where(v =>
                v.Provider == provider && v.ModelId == old && db.Minions.Any(m => m.Id == v.MinionId && m.OwnerId == owner)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.ModelId, name), ct);
    }

    private async Task<bool> IsTakenAsync(RepublicDb db, Guid owner, string name, Guid? self, CancellationToken ct) =>
        shared.Names.Contains(name) || await db.PersonalModels.OwnedBy(owner).AnyAsync(m => m.Name == name && m.Id != self, ct);
}
