namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>
/// Compares two versions of one source in one pass over their indexes: rows keep the order of the source, so the same line is the same
/// row, and another hash says that its text was changed. Of several rows in one line the same hash is the same row.
/// </summary>
internal sealed class VersionDiff(VersionReader before, VersionReader after)
{
    public DiffPage Page(int offset, int limit)
    {
        var (added, removed, changed) = (0, 0, 0);
        var rows = new List<DiffRow>();
        foreach (var (was, now) in Differences())
        {
            var number = added + removed + changed;
            added += was is null ? 1 : 0;
            removed += now is null ? 1 : 0;
            changed += was is not null && now is not null ? 1 : 0;
            if (number >= offset && rows.Count < limit)
            {
                rows.Add(new DiffRow(was is { } a ? before.Row(a) : null, now is { } b ? after.Row(b) : null));
            }
        }

        return new DiffPage(added, removed, changed, rows);
    }

    /// <summary>Positions; null where there is no such row.</summary>
    private IEnumerable<(int? Before, int? After)> Differences()
    {
        using var old = new LineCursor(before);
        using var young = new LineCursor(after);
        var (hasOld, hasYoung) = (old.MoveNext(), young.MoveNext());
        while (hasOld || hasYoung)
        {
            var order =
                !hasOld ? 1
                : !hasYoung ? -1
                : old.Line.CompareTo(young.Line);
            foreach (var (i, j) in Differences(order <= 0 ? old : null, order >= 0 ? young : null))
            {
                yield return (old.First + i, young.First + j);
            }

            hasOld = order <= 0 ? old.MoveNext() : hasOld;
            hasYoung = order >= 0 ? young.MoveNext() : hasYoung;
        }
    }

    /// <summary>Within one line, and counted from its first row. What both have stays; what is left between two such rows is paired in its order.</summary>
    private static IEnumerable<(int? Before, int? After)> Differences(LineCursor? old, LineCursor? young)
    {
        var (olds, youngs) = (old?.Hashes ?? [], young?.Hashes ?? []);
        for (int i = 0, j = 0; i < olds.Count || j < youngs.Count; )
        {
            var isGone = i < olds.Count && young?.Contains(olds[i]) != true;
            var isNew = j < youngs.Count && old?.Contains(youngs[j]) != true;
            if (isGone || isNew)
            {
                yield return (isGone ? i : null, isNew ? j : null);
            }

            // A row that both have is passed by in both at once.
            i += isGone || !isNew ? 1 : 0;
            j += isNew || !isGone ? 1 : 0;
        }
    }
}
