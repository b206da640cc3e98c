using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Core.Datasets;

/// <summary>The changes that go into a version. A dry run and the work that follows it both ask here, so that both count the same.</summary>
internal static class CarriedChanges
{
    /// <summary>A version by edits is its predecessor with what waits; one by settings is the source with all that was ever edited.</summary>
    public static Task<List<DatasetChange>> IntoAsync(RepublicDb db, Guid dataset, VersionOrigin origin, CancellationToken ct) =>
        db
            .DatasetChanges.AsNoTracking()
            .Where(c => c.DatasetId == dataset && (origin == VersionOrigin.Edits ? c.SavedIn == null : c.SavedIn != null))
            .OrderBy(c => c.Id)
            .ToListAsync(ct);

    public static List<RowChange> ToRows(this List<DatasetChange> changes) =>
        changes.ConvertAll(c => new RowChange(c.Hash, c.Messages) { SavedIn = c.SavedIn ?? 0 });
}
