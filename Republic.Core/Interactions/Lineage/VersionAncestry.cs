using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Interactions.Lineage;

/// <summary>Finds the datasets that a version's weights learned from: its own run's and, while each went on from the version before, those of that one.</summary>
internal sealed class VersionAncestry
{
    private readonly Dictionary<int, (int? From, List<Guid> Datasets)> versions;

    private VersionAncestry(Dictionary<int, (int?, List<Guid>)> versions) => this.versions = versions;

    public IEnumerable<int> Versions => versions.Keys;

    public static async Task<VersionAncestry> ReadAsync(RepublicDb db, Guid minion, CancellationToken ct)
    {
        var read = await db
            .MinionVersions.Where(v => v.MinionId == minion)
            .Select(v => new
            {
                v.Number,
                v.FromVersion,
                v.DatasetIds,
            })
            .ToListAsync(ct);
        return new VersionAncestry(read.ToDictionary(v => v.Number, v => (v.FromVersion, v.DatasetIds)));
    }

    public IReadOnlyList<Guid> DatasetsOf(int version)
    {
        HashSet<Guid> found = [];
        // A version goes on from an earlier one, so this ends.
        for (int? number = version; number is { } at && versions.TryGetValue(at, out var one); number = one.From < at ? one.From : null)
        {
            found.UnionWith(one.Datasets);
        }

        return [.. found];
    }
}
