using Republic.Core.Data;

namespace Republic.Core.Search.Sources;

/// <summary>Pages of settings, by their titles and what is set there.</summary>
internal sealed class SettingNames(Snippets snippets) : ISearchSource
{
    public string Kind => SearchKinds.Setting;

    public async Task<SearchSlice> FindAsync(RepublicDb db, SearchRequest request, CancellationToken ct)
    {
        // They were there before all else, and never change.
        var isFirst = request.BeforeId == Guid.Empty && request.From == DateTimeOffset.UnixEpoch && request.Minion is null;
        var found = SettingPage.All.Where(page =>
            (isFirst || page.Id < request.BeforeId)
            && (request.IsSuperuser || !page.IsForSuperusers)
            && request.Question.Names.All(name => page.Text.Contains(name, StringComparison.Ordinal))
        );
        List<SearchResult> results = [];
        foreach (var page in found.Take(request.Limit))
        {
            var marks = await snippets.MarksAsync(page.Title, request.Question, ct);
            results.Add(new SearchResult(Kind, page.Id, page.Title, page.Description, DateTimeOffset.UnixEpoch) { TitleMarks = marks });
        }

        var next = results.Count == request.Limit ? new SearchCursor(Kind, DateTimeOffset.UnixEpoch, results[^1].Id) : null;
        return new SearchSlice(results, next);
    }
}
