namespace Republic.Core.Archives;

/// <summary>The last entry of an archive: what it is, and the hash of everything in it.</summary>
/// <param name="Format"><see cref="ArchiveFormat.Number"/> of whoever made it.</param>
/// <param name="AppVersion">Of the Republic that made it.</param>
/// <param name="UserName">Of the person whose things they are.</param>
/// <param name="Counts">How many things there are of each kind.</param>
internal sealed record ArchiveManifest(
    int Format,
    string AppVersion,
    DateTimeOffset MadeAt,
    string UserName,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<ArchivedEntry> Entries
);
