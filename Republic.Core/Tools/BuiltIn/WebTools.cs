using System.ComponentModel;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.BuiltIn.Web;

namespace Republic.Core.Tools.BuiltIn;

/// <summary>
/// The tools that read the web. Their arguments leave this machine, so a person is asked where these could give something away: an address
/// that neither the person nor a search gave, and a search after something was read that others wrote.
/// </summary>
internal sealed class WebTools(WebClient web, WebSearch search)
{
    public BuiltInTool Read =>
        new(
            "read_web_page",
            "Read a web page",
            "the address leaves this machine",
            ToolEffect.Sends,
            "Reads the text of a web page. An address that the person wrote or search_web found is read at once; for any other the person is asked."
        )
        {
            Method = scope =>
                ([Description("The whole address, beginning with https:// or http://.")] string url, CancellationToken ct) =>
                    ReadAsync(scope, url, ct),
            MaySend = (scope, arguments) =>
                WebAddresses.Plain(WebAddresses.Read(arguments.Text("url"))) is { } address && scope.Addresses.Contains(address),
        };

    public BuiltInTool Search =>
        new(
            "search_web",
            "Search the web",
            "the words leave this machine",
            ToolEffect.Sends,
            "Searches the web, and gives title, address and an excerpt of up to eight pages. read_web_page reads them."
        )
        {
            Method = scope => ([Description("A few words.")] string query, CancellationToken ct) => SearchAsync(scope, query, ct),
            MaySend = (scope, _) => !scope.Session.HasReadOthers,
        };

    private async Task<string> ReadAsync(ToolScope scope, string url, CancellationToken ct)
    {
        var address =
            WebAddresses.Read(url)
            ?? throw new ToolException(
                $"Give the whole address, beginning with https:// or http://, in at most {WebAddresses.MaxLength} characters."
            );
        // Whatever comes, a redirect or an error too, is of the server's choosing.
        scope.Session.HasReadOthers = true;
        var answer = await web.GetAsync(address, WebPageText.Accepts, ct);
        return answer.LeadsTo is { } other ? $"This address leads to {other.AbsoluteUri}, which is another host and was not read."
            : (int)answer.Status is < 200 or > 299
                ? throw new ToolException($"{address.Host} answered {(int)answer.Status}, so there is no page.")
            : $"{answer.Address.AbsoluteUri}\n\n{WebPageText.Of(answer, ct)}";
    }

    private async Task<string> SearchAsync(ToolScope scope, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > WebSearch.MaxQuery)
        {
            throw new ToolException($"Search for a few words, in at most {WebSearch.MaxQuery} characters.");
        }

        var results = await search.SearchAsync(query.Trim(), ct);
        scope.Session.HasReadOthers = true;
        scope.Addresses.UnionWith(results.Select(result => result.Address));
        return results.Count == 0
            ? "The search found nothing. Other words may find something."
            : string.Join("\n\n", results.Select((result, i) => $"{i + 1}. {result.Title}\n{result.Address}\n{result.Excerpt}"));
    }
}
