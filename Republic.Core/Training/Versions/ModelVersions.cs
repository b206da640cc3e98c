using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.Providers;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Versions;

/// <summary>The versions of minions that were made on a personal model, and going back to an earlier one.</summary>
public sealed class ModelVersions(RepublicDb db, MinionVersions versions, PersonalModelStore store, ProviderCatalog providers)
{
    public const int Most = 200;

    private string Provider => providers.ModelHost.Name;

    /// <summary>The newest versions first, of all minions of the owner.</summary>
    public async Task<Outcome<IReadOnlyList<ModelVersionCard>>> ListAsync(Guid owner, Guid id, CancellationToken ct)
    {
        if (await ModelAsync(owner, id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        var rows = await (
            from minion in db.Minions.OwnedBy(owner).Live()
            from version in db.MinionVersions.Where(v => v.MinionId == minion.Id && v.Provider == Provider && v.ModelId == model.Name)
            from run in db.TrainingJobs.Where(j => j.Id == version.TrainingJobId && j.OwnerId == owner).DefaultIfEmpty()
            select new
            {
                Version = version,
                Minion = minion,
                minion.Citizen.DisplayName,
                Run = run,
            }
        )
            .OrderByDescending(row => row.Version.CreatedAt)
            .ThenByDescending(row => row.Version.Number)
            .Take(Most)
            .AsNoTracking()
            .ToListAsync(ct);
        var runs = rows.ConvertAll(row => row.Run?.Id);
        var learned = await db
            .TrainingSteps.Where(step => runs.Contains(step.TrainingJobId) && step.Index == (int)StepName.RefineDatasets)
            .ToDictionaryAsync(step => step.TrainingJobId, step => MinionVersions.SourcesOf(step.Output), ct);
        return rows.ConvertAll(row => new ModelVersionCard(
            row.Version.Number,
            row.Minion.Id,
            row.DisplayName,
            row.Version.Adapter,
            row.Run?.Id,
            row.Run?.Name,
            row.Run is { } run && learned.GetValueOrDefault(run.Id) is [var only] ? only.Version : null,
            row.Run?.Report?.Verdict,
            row.Version.PromotedAt,
            IsOn(row.Minion, model) && row.Version.IsLive(row.Minion)
        )
        {
            JudgedVerdict = row.Run?.Report is { IsHeldByJudging: true } report ? report.JudgedVerdict : null,
        });
    }

    /// <summary>Puts a minion that uses the model back to an earlier version.</summary>
    public async Task<Outcome<Guid>> RollbackAsync(Guid owner, Guid id, ModelRollback order, CancellationToken ct)
    {
        if (await ModelAsync(owner, id, ct) is not { } model)
        {
            return Failure.NotFound("model");
        }

        var found = await MinionAsync(owner, model, order.MinionId, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var minion = found.Value;
        // Version 0 has no weights, so that it fits the model whichever one it was made on.
        var numbers = db.MinionVersions.Where(v =>
            v.MinionId == minion.Id && (v.Number == 0 || (v.Provider == Provider && v.ModelId == model.Name))
        );
        var number = order.Version is { } wanted
            ? await numbers.Where(v => v.Number == wanted).Select(v => (int?)v.Number).SingleOrDefaultAsync(ct)
            : await numbers.Where(v => v.Number < minion.Version && v.PromotedAt != null).MaxAsync(v => (int?)v.Number, ct);
        if (number is null)
        {
            return order.Version is null
                ? Failure.Conflict(
                    $"{minion.Citizen.DisplayName} answers with its first version on “{model.Name}”. There is no earlier one to go back to."
                )
                : Failure.NotFound("version");
        }

        var chosen = await versions.ChooseAsync(owner, minion.Id, number.Value, ct);
        if (!chosen.Ok)
        {
            return chosen.Failure;
        }

        store.Changed(model);
        return id;
    }

    private async Task<Outcome<Minion>> MinionAsync(Guid owner, PersonalModel model, Guid? id, CancellationToken ct)
    {
        var minions = db.Minions.OwnedBy(owner).Live().Include(m => m.Citizen).AsNoTracking();
        if (id is not null)
        {
            var asked = await minions.SingleOrDefaultAsync(m => m.Id == id, ct);
            return asked is null ? Failure.NotFound("minion")
                : IsOn(asked, model) ? asked
                : Failure.Conflict(
                    $"{asked.Citizen.DisplayName} is on {asked.ModelId} now. Put it on “{model.Name}” again, then go back to an earlier version."
                );
        }

        var trained = await minions
            .Where(m =>
                m.Provider == Provider
                && m.ModelId == model.Name
                && db.MinionVersions.Any(v => v.MinionId == m.Id && v.Provider == Provider && v.ModelId == model.Name)
            )
            .OrderBy(m => m.Citizen.DisplayName)
            .ToListAsync(ct);
        return trained switch
        {
            [] => Failure.Conflict($"No minion on “{model.Name}” has an earlier version, because none was trained on it."),
            [var only] => only,
            _ => Failure.Invalid(
                "minion_id",
                $"Several minions have versions on “{model.Name}”: {string.Join(", ", trained.Select(m => $"{m.Citizen.DisplayName} ({m.Id})"))}. Give the minion_id of one."
            ),
        };
    }

    private bool IsOn(Minion minion, PersonalModel model) => (minion.Provider, minion.ModelId) == (Provider, model.Name);

    private Task<PersonalModel?> ModelAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.PersonalModels.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
}
