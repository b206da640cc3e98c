namespace Republic.Core.Search;

/// <summary>Results of one kind.</summary>
/// <param name="Next">Where the next ones begin; null where there are no more.</param>
internal sealed record SearchSlice(IReadOnlyList<SearchResult> Results, SearchCursor? Next)
{
    public static SearchSlice None { get; } = new([], null);
}
