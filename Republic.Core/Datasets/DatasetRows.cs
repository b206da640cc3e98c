using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets;

/// <summary>Finds a version of a person's dataset and opens its files.</summary>
public sealed class DatasetRows(IDbContextFactory<RepublicDb> databases, DatasetFiles files)
{
    /// <param name="version">Null takes the newest.</param>
    /// <returns>A conflict while there is no version yet.</returns>
    public async Task<Outcome<OpenVersion>> OpenAsync(Guid owner, Guid id, int? version, CancellationToken ct)
    {
        var found = await FindAsync(owner, id, version, ct);
        return found.Ok ? new OpenVersion(found.Value, VersionReader.Open(files.FolderOf(id, found.Value.Folder))) : found.Failure;
    }

    /// <summary>The path of a version's samples, one JSON object a line.</summary>
    public async Task<Outcome<string>> SamplesAsync(Guid owner, Guid id, int? version, CancellationToken ct)
    {
        var found = await FindAsync(owner, id, version, ct);
        return found.Ok ? Path.Combine(files.FolderOf(id, found.Value.Folder), VersionReader.SamplesFile) : found.Failure;
    }

    /// <summary>The path of what a version left out as unusable, one JSON object a line.</summary>
    public async Task<Outcome<string>> RejectedAsync(Guid owner, Guid id, int? version, CancellationToken ct)
    {
        var found = await FindAsync(owner, id, version, ct);
        return found.Ok ? Path.Combine(files.FolderOf(id, found.Value.Folder), VersionReader.RejectedFile) : found.Failure;
    }

    /// <summary>All versions, newest first.</summary>
    public Task<Outcome<IReadOnlyList<DatasetVersion>>> VersionsAsync(Guid owner, Guid id, CancellationToken ct) =>
        VersionsAsync(owner, id, int.MaxValue, before: null, ct);

    /// <summary>Newest first. <paramref name="before"/> is the number of the last of the page before this one.</summary>
    public async Task<Outcome<IReadOnlyList<DatasetVersion>>> VersionsAsync(
        Guid owner,
        Guid id,
        int limit,
        int? before,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Datasets.OwnedBy(owner).AnyAsync(d => d.Id == id, ct)
            ? Outcome<IReadOnlyList<DatasetVersion>>.Of(
                await db
                    .DatasetVersions.AsNoTracking()
                    .Where(v => v.DatasetId == id && (before == null || v.Number < before))
                    .OrderByDescending(v => v.Number)
                    .Take(limit)
                    .ToListAsync(ct)
            )
            : Failure.NotFound("dataset");
    }

    /// <param name="version">Null takes the newest.</param>
    /// <returns>A conflict while there is no version yet.</returns>
    public async Task<Outcome<DatasetVersion>> FindAsync(Guid owner, Guid id, int? version, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest = await db.Datasets.OwnedBy(owner).Where(d => d.Id == id).Select(d => (int?)d.Version).SingleOrDefaultAsync(ct);
        if (newest is null)
        {
            return Failure.NotFound("dataset");
        }

        if (newest == 0)
        {
            return Failure.Conflict("This dataset has no version yet: it is being processed, or that failed.");
        }

        var number = version ?? newest;
        var found = await db.DatasetVersions.AsNoTracking().SingleOrDefaultAsync(v => v.DatasetId == id && v.Number == number, ct);
        return found is null ? Failure.NotFound("version of this dataset") : found;
    }
}
