namespace Republic.Web.Api;

/// <summary>Which page of a list a client asks for.</summary>
/// <param name="Limit">The most entries.</param>
/// <param name="From">Where the page before this one ended; null on the first.</param>
internal readonly record struct PageRequest<T>(int Limit, T From)
{
    /// <summary>The cursor of the next page. Null where this one is not full, and so the last.</summary>
    public string? Next<TEntry>(IReadOnlyList<TEntry> entries, Func<TEntry, string> cursor) =>
        entries.Count == Limit ? cursor(entries[^1]) : null;
}
