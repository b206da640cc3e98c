using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets.Uploads;

/// <summary>Shows what other settings would make of a dataset, before anything is saved.</summary>
public sealed class DatasetDryRun(IDbContextFactory<RepublicDb> databases, DatasetFiles files)
{
    // It uses all cores for seconds: people who try thresholds at the same time take turns.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>Counts alone; nothing is written.</summary>
    public async Task<Outcome<RefineryResult>> RunAsync(Guid owner, Guid id, SettingsInput input, CancellationToken ct)
    {
        var found = await FindAsync(owner, id, ct);
        if (found is not var (current, before, changes))
        {
            return Failure.NotFound("dataset");
        }

        var settings = input.Over(current);
        if ((settings.Validate() ?? input.Mapping?.Validate()) is { } wrong)
        {
            return wrong;
        }

        var mapping = input.Mapping ?? before;
        await Turn.WaitAsync(ct);
        try
        {
            var run = new RefineryInput(files.PathOf(id), null, settings, mapping) { Changes = changes, Threads = DatasetWork.Threads };
            return await Task.Run(() => DatasetRefinery.Run(run, null, ct), ct);
        }
        finally
        {
            Turn.Release();
        }
    }

    private async Task<(RefinerySettings Settings, RowMapping? Mapping, List<RowChange> Changes)?> FindAsync(
        Guid owner,
        Guid id,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db
            .Datasets.AsNoTracking()
            .OwnedBy(owner)
            .Where(d => d.Id == id)
            .SelectMany(
                d => db.DatasetVersions.Where(v => v.DatasetId == d.Id && v.Number == d.Version).DefaultIfEmpty(),
                (d, version) => new { d.Mapping, Version = version }
            )
            .SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var changes = await CarriedChanges.IntoAsync(db, id, VersionOrigin.Settings, ct);
        return (found.Version?.Result.Settings ?? new RefinerySettings(), found.Mapping, changes.ToRows());
    }
}
