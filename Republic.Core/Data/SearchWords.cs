namespace Republic.Core.Data;

/// <summary>The words that somebody searches a list for, all of which must occur.</summary>
public static class SearchWords
{
    /// <summary>Each is one more condition on every row; those beyond are not looked for.</summary>
    public const int Most = 8;

    public static IReadOnlyList<string> Of(string? typed) =>
        [.. (typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(Most)];
}
