using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Jobs;
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
            : FileNames.Misleads(name) || name.AsSpan().ContainsAny('/', '\\')
                ? Failure.Invalid("custom_name", "A name has no slashes, and no control or invisible characters.")
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

    /// <summary>Why the model has to keep its name for now: what cannot follow to another one.</summary>
    internal async Task<Failure?> KeptByAsync(RepublicDb db, PersonalModel model, CancellationToken ct)
    {
        var (owner, provider, name) = (model.OwnerId, catalog.ModelHost.Name, model.Name);
        var collections = await db.Collections.AsNoTracking().Where(c => c.OwnerId == owner && c.Embedding != null).ToListAsync(ct);
        if (collections.Find(c => (c.Embedding!.Provider, c.Embedding.ModelId) == (provider, name)) is { } collection)
        {
            return Failure.Conflict(
                $"The vectors of “{collection.Name}” are stored under this name, and all would have to be made again. Choose another model there first."
            );
        }

        var memories = await db.MemorySettings.AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == owner, ct);
        if (memories?.Embedding is { } embedding && (embedding.Provider, embedding.ModelId) == (provider, name))
        {
            return Failure.Conflict(
                "The vectors of your memories are stored under this name, and all would have to be made again. Choose another model there first."
            );
        }

        return await RunUnderWayAsync(db, model, ct) is { } run
            ? Failure.Conflict($"The training run “{run}” works with it. Rename it when that is over.")
            : null;
    }

    /// <summary>The name of a training run that works with the model and is not over; null where there is none.</summary>
    internal async Task<string?> RunUnderWayAsync(RepublicDb db, PersonalModel model, CancellationToken ct)
    {
        var (owner, provider, name) = (model.OwnerId, catalog.ModelHost.Name, model.Name);
        var runs = await db
            .TrainingJobs.AsNoTracking()
            .Where(t =>
                t.OwnerId == owner
                && db.Jobs.Any(j =>
                    j.Id == t.WorkId && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running || j.Status == JobStatus.Paused)
                )
            )
            .ToListAsync(ct);
        return runs.Find(run => (run.Provider == provider && run.ModelName == name) || run.Config.BaseModel == name)?.Name;
    }

    /// <summary>Minions, runs and schedules that use the model go on using it.</summary>
    internal async Task RenameInMinionsAsync(RepublicDb db, PersonalModel model, string name, CancellationToken ct)
    {
        var (owner, provider, old) = (model.OwnerId, catalog.ModelHost.Name, model.Name);
        foreach (var minion in await db.Minions.Where(m => m.OwnerId == owner).ToListAsync(ct))
        {
            minion.ModelId = (minion.Provider, minion.ModelId) == (provider, old) ? name : minion.ModelId;
            minion.StyleModel = minion.StyleModel == old ? name : minion.StyleModel;
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
        await db
            .MinionVersions.Where(v => v.StyleModel == old && db.Minions.Any(m => m.Id == v.MinionId && m.OwnerId == owner))
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.StyleModel, name), ct);
        await RenameInTrainingAsync(db, model, name, ct);
        // Ratings of its answers are counted by the name.
        await db
            .Messages.Where(m => m.Provider == provider && m.Model == old && db.Minions.Any(n => n.Id == m.AuthorId && n.OwnerId == owner))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Model, name), ct);
    }

    /// <summary>Runs that may be started again, and schedules, follow; a report keeps the name that the model had then.</summary>
    private async Task RenameInTrainingAsync(RepublicDb db, PersonalModel model, string name, CancellationToken ct)
    {
        var (owner, provider, old) = (model.OwnerId, catalog.ModelHost.Name, model.Name);
        await db
            .TrainingJobs.Where(t => t.OwnerId == owner && t.Provider == provider && t.ModelName == old)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ModelName, name), ct);
        foreach (var run in await db.TrainingJobs.Where(t => t.OwnerId == owner && t.Report == null).ToListAsync(ct))
        {
            run.Config = run.Config.BaseModel == old ? run.Config with { BaseModel = name } : run.Config;
        }

        foreach (var schedule in await db.TrainingSchedules.Where(s => s.OwnerId == owner).ToListAsync(ct))
        {
            schedule.Config = schedule.Config.BaseModel == old ? schedule.Config with { BaseModel = name } : schedule.Config;
        }
    }

    private async Task<bool> IsTakenAsync(RepublicDb db, Guid owner, string name, Guid? self, CancellationToken ct) =>
        shared.Names.Contains(name) || await db.PersonalModels.OwnedBy(owner).AnyAsync(m => m.Name == name && m.Id != self, ct);
}
