using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>What the changes that a person made do to each row of a version, and how many rows they leave out.</summary>
internal sealed class ChangeSet
{
    /// <summary>By the row that they change; null drops it.</summary>
    private readonly Dictionary<ContentHash, ChangedRow?> changes = [];

    /// <summary>What changed rows must not become, for another row says it.</summary>
    private readonly HashSet<ContentHash> taken = [];
    private int dropped;
    private int repeated;

    /// <param name="rows">All rows of the version.</param>
    public ChangeSet(IReadOnlyList<RowChange> wanted, IEnumerable<ContentHash> rows)
    {
        foreach (var saved in wanted.GroupBy(change => change.SavedIn).OrderBy(group => group.Key))
        {
            Take(saved);
        }

        var becomes = changes.Values.OfType<ChangedRow>().Select(row => row.Index.Hash).ToHashSet();
        if (becomes.Count > 0)
        {
            taken.UnionWith(rows.Where(hash => becomes.Contains(hash) && !changes.ContainsKey(hash)));
        }
    }

    /// <summary>False for one that is left out. Each row is asked for once, in order: of two that become the same, the first is kept.</summary>
    /// <param name="change">What it becomes; null where it stays as it is.</param>
    public bool Keeps(ContentHash row, out ChangedRow? change)
    {
        if (!changes.TryGetValue(row, out change))
        {
            return true;
        }

        if (change is null)
        {
            dropped++;
            return false;
        }

        if (change.Index.Hash != row && !taken.Add(change.Index.Hash))
        {
            repeated++;
            return false;
        }

        return true;
    }

    /// <summary>The counts of the version with what was left out since.</summary>
    public RowCounts Over(RowCounts counts) =>
        counts with
        {
            Samples = counts.Samples - dropped - repeated,
            Dropped = counts.Dropped + dropped,
            ExactDuplicates = counts.ExactDuplicates + repeated,
        };

    private static ChangedRow Checked(Outcome<ChangedRow> row) =>
        row.Value ?? throw new ArgumentException(row.Failure!.Message, nameof(row));

    /// <summary>A row that an earlier version changed is known by what it became.</summary>
    private void Take(IEnumerable<RowChange> saved)
    {
        var became = changes.Where(change => change.Value is not null).ToLookup(change => change.Value!.Index.Hash, change => change.Key);
        foreach (var change in saved)
        {
            if (ContentHash.Parse(change.Hash) is not { } hash)
            {
                continue;
            }

            var target = change.Messages is { } messages ? Checked(ChangedRow.From(messages)) : null;
            foreach (var original in became[hash])
            {
                changes[original] = target;
            }

            if (!became.Contains(hash) || !changes.ContainsKey(hash))
            {
                changes[hash] = target;
            }
        }
    }
}
