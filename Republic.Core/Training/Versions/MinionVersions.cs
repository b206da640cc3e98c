using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Versions;

/// <summary>The versions of a minion, and going back to any of them, or forward to a draft.</summary>
public sealed class MinionVersions(
    RepublicDb db,
    WeightsCheck weights,
    TrainingFiles files,
    LiveEvents live,
    AuditLog audit,
    TimeProvider time
)
{
    public const string Changed = "minion.changed";
    public const int MaxPage = 100;

    /// <summary>Newest first; none before the first training. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<Outcome<IReadOnlyList<VersionCard>>> ListAsync(Guid owner, Guid id, int limit, int? before, CancellationToken ct)
    {
        if (await MinionAsync(owner, id, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var versions = db.MinionVersions.Where(v => v.MinionId == id && (before == null || v.Number < before));
        return Outcome<IReadOnlyList<VersionCard>>.Of(
            await CardsAsync(minion, versions.OrderByDescending(v => v.Number).Take(Math.Clamp(limit, 1, MaxPage)), ct)
        );
    }

    public async Task<Outcome<VersionCard>> FindAsync(Guid owner, Guid id, int number, CancellationToken ct) =>
        await MinionAsync(owner, id, ct) is { } minion
        && await CardsAsync(minion, db.MinionVersions.Where(v => v.MinionId == id && v.Number == number), ct) is [var card]
            ? card
            : Failure.NotFound("version");

    /// <summary>Why a minion answers without the weights it was trained to have; null where it does not.</summary>
    public async Task<string?> ProblemAsync(Guid owner, Guid id, CancellationToken ct) =>
        await MinionAsync(owner, id, ct) is { } minion
        && await db.MinionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.MinionId == id && v.Number == minion.Version, ct)
            is { } version
        && !version.IsLive(minion)
        && weights.IsOfFormerBuiltIn(version)
            ? WeightsCheck.FormerBuiltIn(version)
            : null;

    /// <summary>Makes a version the minion's own, whatever the gate said of it. What the person wrote themselves stays.</summary>
    public async Task<Outcome<ChosenVersion>> ChooseAsync(Guid owner, Guid id, int number, CancellationToken ct)
    {
        // A version never changes, so what takes long is looked at before anything is locked.
        var version = await OfOwner(owner, id).AsNoTracking().SingleOrDefaultAsync(v => v.Number == number, ct);
        if (version is null)
        {
            return Failure.NotFound("version");
        }

        if (await weights.ProblemAsync(owner, version, ct) is { } problem)
        {
            return problem;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A run that ends, an edit and another choice each wait here for the one before.
        await db.Database.ExecuteSqlAsync($"select 1 from minions where id = {id} for no key update", ct);
        version = await OfOwner(owner, id).SingleOrDefaultAsync(v => v.Number == number, ct);
        var minion = await db.Minions.OwnedBy(owner).Live().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (version is null || minion is null)
        {
            return Failure.NotFound("version");
        }

        if (!version.Fits(minion))
        {
            return Failure.Conflict(
                $"Version {number} has weights for {version.ModelId}, and {minion.Citizen.DisplayName} is on {minion.ModelId} now, where they mean nothing. Put {minion.Citizen.DisplayName} on {version.ModelId} again, then choose the version."
            );
        }

        var chosen = new ChosenVersion(minion, minion.Version);
        if (version.IsLive(minion))
        {
            return chosen;
        }

        version.PutInto(minion, time.GetUtcNow());
        await VersionLinks.PutAsync(db, version, minion, minion.UpdatedAt, ct);
        await db.SaveChangesAsync(ct);
        var subject = $"{minion.Citizen.DisplayName}, version {number} instead of {chosen.Former}";
        await audit.AppendAsync(db, owner, AuditActions.VersionChosen, subject, ct);
        var run = await db.TrainingJobs.OwnedBy(owner).AsNoTracking().SingleOrDefaultAsync(j => j.Id == version.TrainingJobId, ct);
        if (run is { Report.Promoted: false })
        {
            var insisted = $"{minion.Citizen.DisplayName}, version {number}";
            await audit.AppendAsync(db, owner, AuditActions.VersionInsisted, insisted, ct);
        }

        await transaction.CommitAsync(ct);
        live.Publish(owner, new LiveEvent(Changed, id, null));
        return chosen;
    }

    private IQueryable<MinionVersion> OfOwner(Guid owner, Guid minion) =>
        db.MinionVersions.Where(v => v.MinionId == minion && db.Minions.Live().Any(m => m.Id == minion && m.OwnerId == owner));

    private Task<Minion?> MinionAsync(Guid owner, Guid id, CancellationToken ct) =>
        db.Minions.OwnedBy(owner).Live().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);

    private async Task<List<VersionCard>> CardsAsync(Minion minion, IQueryable<MinionVersion> versions, CancellationToken ct)
    {
        var rows = await (
            from v in versions
            from run in db.TrainingJobs.Where(j => j.Id == v.TrainingJobId && j.OwnerId == minion.OwnerId).DefaultIfEmpty()
            select new { Version = v, Run = run }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        var runs = rows.ConvertAll(row => row.Run?.Id);
        var sources = await db
            .TrainingSteps.Where(step => runs.Contains(step.TrainingJobId) && step.Index == (int)StepName.RefineDatasets)
            .ToDictionaryAsync(step => step.TrainingJobId, step => SourcesOf(step.Output), ct);
        var named = sources.Values.SelectMany(list => list.Select(source => source.Id)).Distinct().ToList();
        var there = await db.Datasets.OwnedBy(minion.OwnerId).Where(d => named.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var linked = rows.SelectMany(row => row.Version.CollectionIds).Distinct().ToList();
        var names = await db
            .Collections.OwnedBy(minion.OwnerId)
            .Where(c => linked.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return rows.ConvertAll(row =>
            Card(row.Version, row.Run, minion) with
            {
                Collections =
                [
                    .. row.Version.CollectionIds.Select(id => new VersionCard.VersionCollection(id, names.GetValueOrDefault(id))),
                ],
                Datasets =
                [
                    .. (row.Run is { } run ? sources.GetValueOrDefault(run.Id) ?? [] : []).Select(source => new VersionCard.SourceCard(
                        source.Id,
                        source.Name,
                        source.Version,
                        source.Rows,
                        source.Sha256,
                        there.Contains(source.Id)
                    )),
                ],
            }
        );
    }

    internal static IReadOnlyList<RefinedData.Source> SourcesOf(string? output) =>
        output is null ? [] : JsonSerializer.Deserialize<RefinedData>(output, TrainingJson.Options)!.Datasets;

    private VersionCard Card(MinionVersion version, TrainingJob? run, Minion minion) =>
        new()
        {
            Version = version.Number,
            IsLive = version.IsLive(minion),
            Problem = weights.IsOfFormerBuiltIn(version) ? WeightsCheck.FormerBuiltIn(version) : null,
            CreatedAt = version.CreatedAt,
            PromotedAt = version.PromotedAt,
            Imported = version.Imported,
            Provider = version.Provider,
            Model = version.ModelId,
            EnhancedSystemPrompt = version.EnhancedSystemPrompt,
            TraitConfiguration = version.TraitConfiguration,
            Adapter = version.Adapter is { } adapter
                ? new VersionCard.AdapterCard(adapter, files.AdapterBytes(adapter), version.AdapterSha256, version.BaseSha256)
                : null,
            Style = version.StyleModel is { } model
                ? new VersionCard.StyleCard(model, version.StyleAdapter, version.StyleAdapter is { } own ? files.AdapterBytes(own) : null)
                : null,
            TrainingJobId = version.TrainingJobId,
            JobName = run?.Name,
            Verdict = run?.Report?.Verdict,
            JudgedVerdict = run?.Report is { IsHeldByJudging: true } report ? report.JudgedVerdict : null,
            Conclusion = run?.Report?.AsOf(minion.Version).Conclusion,
            XpGained = run?.Report?.XpGained,
        };
}
