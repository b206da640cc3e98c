namespace Republic.Core.Backups.Restoring;

/// <summary>The first of several names, as a sentence has them.</summary>
internal static class NameList
{
    private const int Shown = 3;

    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
