using Republic.Core.Data;

namespace Republic.Core.Backups;

/// <summary>Which files of the data folder belong into a backup, by their paths below it, with forward slashes.</summary>
internal static class BackupPaths
{
    /// <summary>Where backups may lie in the data folder: they are in no backup.</summary>
    public const string Backups = "backups";

    /// <summary>Where a backup holds the files that it takes.</summary>
    public const string Links = "backup-links";

    private const string ModelHost = "model-host";
    private const string Quarantine = "model-host/quarantine.json";

    /// <summary>
    /// The database, which is copied as tables; keys, which are kept apart; people's archives, which hold what is in it anyway and are gone after
    /// a week; and what is of use to a running process alone.
    /// </summary>
    private static readonly HashSet<string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        "pg",
        "pg.users",
        "keys",
        "exports",
        "imports",
        Backups,
        Links,
        DataFolder.RestoringFolder,
        "tool-commands",
        "lost+found",
    };

    private static readonly string[] OthersBegin = ["pg.new-"];

    /// <summary>Files and folders that are not finished, and locks and sockets.</summary>
    private static readonly string[] OtherExtensions = [".part", AtomicFile.Unfinished, ".tmp", ".lock", ".sock", ".activity"];

    /// <summary>Whether a file or a folder belongs into a backup. Of what lies in the data folder itself, folders alone do.</summary>
    public static bool Belongs(string path)
    {
        var names = path.Split('/');
        // Where it is restored, capitals may be the same as small letters, and dots and blanks at the end of a name nothing.
        var folder = names[0].TrimEnd('.', ' ');
        return !Others.Contains(folder)
            && !OthersBegin.Any(begin => folder.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            && !names.Any(name => OtherExtensions.Any(extension => name.EndsWith(extension, StringComparison.Ordinal)))
            && (names.Length == 1 || !folder.Equals(ModelHost, StringComparison.OrdinalIgnoreCase) || path == Quarantine)
            && !(folder == "model-downloads" && names[^1].StartsWith("copy-", StringComparison.Ordinal));
    }

    /// <summary>Whether a path of a file in a backup leads to a file of the data folder that would be in a backup itself.</summary>
    public static bool IsSafe(string path)
    {
        var names = path.Split('/');
        return names.Length > 1
            && path.Length <= 1000
            && names.All(name => name.TrimEnd('.', ' ').Length > 0 && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0)
            && Belongs(path);
    }
}
