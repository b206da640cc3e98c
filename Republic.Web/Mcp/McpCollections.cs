using System.ComponentModel;
using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;

namespace Republic.Web.Mcp;

/// <summary>The person's collections of documents as tools.</summary>
internal sealed class McpCollections(McpCaller caller, CollectionCards cards, KnowledgeSearch search)
{
    private const int Hits = 10;

    [McpServerTool(Name = "list_collections", Title = "List collections", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Lists the person's collections of documents, the newest 200 at most: the name of each, its id, and what is in it.")]
    public async Task<CallToolResult> ListAsync(CancellationToken ct)
    {
        var collections = await cards.ListAsync(caller.Id, CollectionCards.MaxPage, before: null, ct);
        var lines = collections.Select(c =>
            $"- {c.Name} (id {c.Id}), {Counted.Of(c.DocumentCount, "document")}"
            + (string.IsNullOrWhiteSpace(c.Description) ? "" : $": {McpResults.InLine(c.Description)}")
        );
        return McpResults.Text(collections.Count == 0 ? "The person has no collections yet." : string.Join('\n', lines));
    }

    [McpServerTool(Name = "search_collection", Title = "Search a collection", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Finds the ten passages of a collection that fit a question best, by their words and by what they mean, the best first.")]
    public async Task<CallToolResult> SearchAsync(
        [Description("The id of the collection, from list_collections.")] string collection,
        [Description("What is looked for, at most 2,000 characters.")] string query,
        CancellationToken ct
    ) =>
        Guid.TryParse(collection, out var id)
            ? (await search.SearchAsync(caller.Id, [id], query, Hits, ct)).ToToolResult(Found)
            : McpResults.Error(Failure.NotFound("collection"));

    private static string Found(SearchAnswer answer)
    {
        var text = new StringBuilder();
        for (var i = 0; i < answer.Hits.Count; i++)
        {
            var hit = answer.Hits[i];
            text.Append(CultureInfo.InvariantCulture, $"[{i + 1}] {hit.Document}");
            if (hit.Page is { } page)
            {
                text.Append(CultureInfo.InvariantCulture, $", page {page}");
            }

            text.Append('\n').Append(hit.Text).Append("\n\n");
        }

        text.Append(answer.Hits.Count == 0 ? "Nothing was found." : "").Append(answer.Trouble is { } trouble ? $" {trouble}" : "");
        return text.ToString().Trim();
    }
}
