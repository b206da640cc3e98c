namespace Republic.Core.Search;

/// <param name="NextCursor">Null on the last page.</param>
public sealed record SearchPage(IReadOnlyList<SearchResult> Results, string? NextCursor);
