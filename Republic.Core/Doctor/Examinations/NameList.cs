namespace Republic.Core.Doctor.Examinations;

internal static class NameList
{
    private const int Most = 5;

    /// <summary>A few of them, and how many more there are.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        names.Count <= Most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Most))} and {Counted.Of(names.Count - Most)} more";
}
