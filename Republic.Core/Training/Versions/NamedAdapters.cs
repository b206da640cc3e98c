using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Training.Versions;

/// <summary>Weights that are in use: any version can be chosen again, so what one names stays as it is.</summary>
internal static class NamedAdapters
{
    public static IQueryable<string> AdaptersOf(this RepublicDb db, IQueryable<Minion> minions)
    {
        var versions = db.MinionVersions.Where(version => minions.Any(minion => minion.Id == version.MinionId));
        return versions
            .Select(version => version.Adapter)
            .Union(versions.Select(version => version.StyleAdapter))
            .Union(minions.Select(minion => minion.Adapter))
            .Union(minions.Select(minion => minion.StyleAdapter))
            .Where(adapter => adapter != null)
            .Select(adapter => adapter!);
    }
}
