namespace Republic.Core.Archives.Importing;

/// <summary>What was found in an archive.</summary>
/// <param name="UserName">Of the person whose archive it is, as it says.</param>
/// <param name="Counts">How many things there are of each kind.</param>
/// <param name="Minions">Those that can be chosen one by one; none where they are too many for that.</param>
public sealed record ArchiveContents(
    string AppVersion,
    DateTimeOffset MadeAt,
    string UserName,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<ArchiveContents.ContainedMinion> Minions
)
{
    /// <param name="Id">That it has in the archive.</param>
    /// <param name="IsDeleted">It was deleted there, and is in the archive for its chats.</param>
    public sealed record ContainedMinion(Guid Id, string Name, bool IsDeleted);
}
