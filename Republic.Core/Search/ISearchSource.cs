using Republic.Core.Data;

namespace Republic.Core.Search;

/// <summary>A kind of things that are found.</summary>
internal interface ISearchSource
{
    /// <summary>One of <see cref="SearchKinds"/>.</summary>
    string Kind { get; }

    Task<SearchSlice> FindAsync(RepublicDb db, SearchRequest request, CancellationToken ct);
}
