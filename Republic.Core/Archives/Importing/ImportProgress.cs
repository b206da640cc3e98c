namespace Republic.Core.Archives.Importing;

/// <summary>What of an archive was added so far. A start that follows one that was killed goes on from here.</summary>
public sealed record ImportProgress
{
    /// <summary>Notes are counted beyond these, and not kept.</summary>
    public const int MostNotes = 300;

    public bool IsDone { get; init; }

    /// <summary>How many things of each kind were added.</summary>
    public IReadOnlyDictionary<string, int> Imported { get; init; } = new Dictionary<string, int>();

    /// <summary>How many were not, for each kind by the reason.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Skipped { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, int>>();

    public IReadOnlyList<ImportNote> Notes { get; init; } = [];

    /// <summary>Notes that are not kept.</summary>
    public int MoreNotes { get; init; }

    /// <summary>The kind that is being added.</summary>
    public string? Kind { get; init; }

    /// <summary>How many things of that kind are counted above.</summary>
    public int Position { get; init; }

    /// <summary>The ids of the next ones, none of which was here before: one that is here by now was added by the start that was killed.</summary>
    public IReadOnlyList<Guid> Trying { get; init; } = [];
}
