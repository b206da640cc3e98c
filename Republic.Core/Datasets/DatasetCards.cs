using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Datasets;

/// <summary>Reads a person's datasets.</summary>
public sealed class DatasetCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>Newest first. <paramref name="before"/> is the last of the page before this one.</summary>
    public async Task<IReadOnlyList<DatasetCard>> ListAsync(Guid owner, int limit, Guid? before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var datasets = db.Datasets.OwnedBy(owner);
        if (before is { } last)
        {
            // Ids are ordered by the time they were made.
            datasets = datasets.Where(d => d.Id < last);
        }

        return await CardsAsync(db, datasets.OrderByDescending(d => d.Id).Take(Math.Clamp(limit, 1, MaxPage)), ct);
    }

    public async Task<Outcome<DatasetCard>> FindAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var cards = await CardsAsync(db, db.Datasets.OwnedBy(owner).Where(d => d.Id == id), ct);
        return cards.Count == 1 ? cards[0] : Failure.NotFound("dataset");
    }

    private static async Task<List<DatasetCard>> CardsAsync(RepublicDb db, IQueryable<Dataset> datasets, CancellationToken ct)
    {
        var rows = await (
            from d in datasets
            from version in db.DatasetVersions.Where(v => v.DatasetId == d.Id && v.Number == d.Version).DefaultIfEmpty()
            from job in db.Jobs.Where(j => j.Id == d.JobId).DefaultIfEmpty()
            select new
            {
                Dataset = d,
                Version = version,
                Job = job,
                Pending = db.DatasetChanges.Count(c => c.DatasetId == d.Id && c.SavedIn == null),
                Same = db
                    .Datasets.Where(o => o.OwnerId == d.OwnerId && o.SourceSha256 == d.SourceSha256 && o.Id < d.Id)
                    .OrderBy(o => o.Id)
                    .Select(o => (Guid?)o.Id)
                    .FirstOrDefault(),
            }
        )
            .AsNoTracking()
            .ToListAsync(ct);
        return rows.ConvertAll(row => Card(row.Dataset, row.Version, row.Job, row.Pending, row.Same));
    }

    private static DatasetCard Card(Dataset dataset, DatasetVersion? version, Job? job, int pending, Guid? same)
    {
        var isActive = job is { IsActive: true };
        return new DatasetCard
        {
            Id = dataset.Id,
            Name = dataset.Name,
            Description = dataset.Description,
            DatasetType = dataset.Type,
            Format = version?.Result.Format,
            Status =
                isActive ? DatasetStatus.Processing
                : version is null ? DatasetStatus.Failed
                : DatasetStatus.Ready,
            Progress = isActive ? job!.Progress : 1,
            Phase = isActive ? job!.Phase : null,
            Detail = isActive && job!.Detail is { } detail ? JsonSerializer.Deserialize<DatasetProgress>(detail) : null,
            EtaSeconds = job?.Remaining?.TotalSeconds,
            HeldUntil = job?.HeldUntil,
            Error = job switch
            {
                { Status: JobStatus.Failed } => job.Error,
                { Status: JobStatus.Cancelled, Error: { } why } => why,
                { Status: JobStatus.Cancelled } when version is null =>
                    "It was cancelled before a version was made. Start it again, or delete it.",
                _ => null,
            },
            IsCancelled = job?.Status == JobStatus.Cancelled && version is null,
            SampleCount = version?.Result.Counts.Samples ?? 0,
            Version = dataset.Version,
            Sha256 = version?.Result.Sha256,
            Stats = version is null ? null : DatasetStats.Of(version.Result),
            Errors = version?.Result.Errors ?? [],
            ErrorsTruncated = version?.Result.ErrorsTruncated ?? false,
            FileName = dataset.FileName,
            SourceBytes = dataset.SourceBytes,
            SourceSha256 = dataset.SourceSha256,
            Bytes = dataset.Bytes,
            SameAs = same,
            PendingChanges = pending,
            Mapping = dataset.Mapping,
            CreatedAt = dataset.CreatedAt,
            UpdatedAt = dataset.UpdatedAt,
        };
    }
}
