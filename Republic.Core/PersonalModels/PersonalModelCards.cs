using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;

namespace Republic.Core.PersonalModels;

/// <summary>Reads a person's models with the state of the work on them.</summary>
public sealed class PersonalModelCards(
    IDbContextFactory<RepublicDb> databases,
    IncomingFiles incoming,
    ProviderCatalog providers,
    QuarantinedModels quarantined
)
{
    public const int MaxPage = 200;
    private const string Ended = "The installation ended before it could say why. Resume it to continue.";

    /// <summary>
    /// One page of the owner's models, newest first. <paramref name="before"/> is the last id of the previous page; null for the first.
    /// </summary>
    public async Task<IReadOnlyList<PersonalModelCard>> ListAsync(Guid owner, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Ids are ordered by the time they were made.
        var models = db.PersonalModels.OwnedBy(owner).Where(m => before == null || m.Id < before);
        return await CardsAsync(db, owner, models.OrderByDescending(m => m.Id).Take(Math.Clamp(limit, 1, MaxPage)), ct);
    }

    public async Task<Outcome<PersonalModelCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, owner, db.PersonalModels.OwnedBy(owner).Where(m => m.Id == id), ct);
        return cards.Count == 1 ? cards[0] : Failure.NotFound("model");
    }

    /// <param name="name">The owner's name of the model.</param>
    public async Task<Outcome<PersonalModelCard>> FindAsync(Guid owner, string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.PersonalModels.OwnedBy(owner).Where(m => m.Name == name).Select(m => m.Id).SingleOrDefaultAsync(ct);
        return await FindAsync(owner, id, ct);
    }

    private async Task<List<PersonalModelCard>> CardsAsync(
        RepublicDb db,
        Guid owner,
        IQueryable<PersonalModel> models,
        CancellationToken ct
    )
    {
        var provider = providers.ModelHost.Name;
        var rows = await (
            from m in models
            from job in db.Jobs.Where(j => j.Id == m.JobId).DefaultIfEmpty()
            select new
            {
                Model = m,
                Job = job,
                Answers = db.ModelCalls.Count(c =>
                    c.OwnerId == m.OwnerId
                    && c.Provider == provider
                    && c.Model == m.Name
                    && c.Outcome == RouteOutcome.Answered
                    && c.Purpose != CallPurpose.Test
                ),
                Users = db
                    .Minions.Where(n => n.OwnerId == m.OwnerId && n.DeletedAt == null && n.Provider == provider && n.ModelId == m.Name)
                    .OrderBy(n => n.Citizen.DisplayName)
                    .Select(n => new ModelUser(n.Id, n.Citizen.DisplayName, n.Citizen.Avatar))
                    .ToList(),
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        var figures = await ModelFigures.OfAsync(db, owner, provider, rows.ConvertAll(row => row.Model.Name), ct);
        var crashed = quarantined.List();
        return rows.ConvertAll(row =>
            Card(row.Model, row.Job, row.Answers, row.Users, figures.GetValueOrDefault(row.Model.Name) ?? ModelFigures.None) with
            {
                Quarantined = row.Model.Sha256 is { } digest ? crashed.GetValueOrDefault(digest) : null,
            }
        );
    }

    private PersonalModelCard Card(PersonalModel model, Job? job, int answers, IReadOnlyList<ModelUser> users, ModelFigures figures)
    {
        var isActive = job is { IsActive: true };
        var isOver = model.State is ModelState.Ready or ModelState.Failed or ModelState.Paused;
        // A job that failed for good, for example by repeated crashes, leaves the row in its last state.
        var state = isOver || isActive ? model.State : ModelState.Failed;
        var progress =
            isActive && job!.Detail is { } detail ? JsonSerializer.Deserialize<InstallProgress>(detail, SnakeCaseJson.Options) : null;
        var isComplete = (model.StoppedAt ?? model.State) >= ModelState.Verifying;
        // The size of a copy is an estimate until it is made.
        var isEstimate = model.Origin == ModelOrigin.Quantized && !isComplete;
        var total = isEstimate ? null : progress?.BytesTotal ?? (model.Bytes > 0 ? model.Bytes : null);
        var done = isComplete ? model.Bytes : progress?.BytesDone ?? incoming.BytesOf(model.Id);
        return new PersonalModelCard
        {
            Id = model.Id,
            UserId = model.OwnerId,
            ModelId = model.ModelId,
            CustomName = model.Name,
            Status = state,
            DownloadProgress =
                isComplete ? 1
                : total is > 0 ? Math.Min(1, (double)done / total.Value)
                : 0,
            FineTuneVersion = figures.Version ?? 0,
            LastTrainingDate = figures.TrainedAt,
            PerformanceScore = figures.Score,
            LocalPath = model.Sha256 is { } digest ? $"{digest}.gguf" : null,
            ModelSizeGb = model.Bytes > 0 && !isEstimate ? Math.Round(model.Bytes / 1e9, 3) : null,
            UsageCount = answers,
            CreatedAt = model.CreatedAt,
            UpdatedAt = model.UpdatedAt,
            Variant = model.Variant,
            Origin = model.Origin,
            SourceUrl = model.SourceUrl,
            SecondUrl = model.SecondUrl,
            Sha256 = model.Sha256 ?? model.ExpectedSha256,
            BytesDone = done,
            BytesTotal = total,
            BytesPerSecond = progress?.BytesPerSecond,
            EtaSeconds = progress?.EtaSeconds,
            Waiting = progress?.Waiting,
            Phase = isActive ? job!.Phase : null,
            HeldUntil = job?.HeldUntil,
            Error = model.Error ?? (state == ModelState.Failed ? job?.Error ?? Ended : null),
            StoppedAt = model.StoppedAt ?? (state == model.State ? null : model.State),
            AllowableHost = model.AllowableHost,
            LoadAnyway = model.LoadAnyway,
            Pinned = model.IsPinned,
            KeepAliveMinutes = model.KeepAliveMinutes,
            ContextLength = model.ContextLength,
            QuantizedFrom = model.QuantizedFrom,
            Facts = model.Facts,
            Measured = model.Measured,
            Stages = model.Stages,
            UsedBy = users,
        };
    }
}
