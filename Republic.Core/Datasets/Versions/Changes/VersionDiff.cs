namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>
/// Compares two versions of one source in one pass over their indexes: rows keep the order of the source, so the same line is the same
/// row, and another hash says that its text was changed.
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
        using var old = before.Index.All().GetEnumerator();
        using var young = after.Index.All().GetEnumerator();
        var (hasOld, hasYoung) = (old.MoveNext(), young.MoveNext());
        for (int i = 0, j = 0; hasOld || hasYoung; )
        {
            var order =
                !hasOld ? 1
                : !hasYoung ? -1
                : old.Current.Line.CompareTo(young.Current.Line);
            if (order != 0)
            {
                yield return order < 0 ? (i, null) : (null, j);
            }
            else if (old.Current.Hash != young.Current.Hash)
            {
                yield return (i, j);
            }

            if (order <= 0)
            {
                hasOld = old.MoveNext();
                i++;
            }

            if (order >= 0)
            {
                hasYoung = young.MoveNext();
                j++;
            }
        }
    }
}
