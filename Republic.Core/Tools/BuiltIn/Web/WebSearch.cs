using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Security;

namespace Republic.Core.Tools.BuiltIn.Web;

/// <summary>Searches the web by the SearXNG that a superuser has set up.</summary>
internal sealed class WebSearch(OutboundGuard guard, IOptionsMonitor<ToolOptions> options, TimeProvider time) : IDisposable
{
    public const int MaxResults = 8;
    public const int MaxQuery = 400;
    private const int MaxTitle = 200;
    private const int MaxExcerpt = 500;

    private readonly WebClient web = new(WebGuards.OfSearch(guard, options), time);

    /// <exception cref="ToolException">None is set up, or it does not answer.</exception>
    public async Task<IReadOnlyList<WebResult>> SearchAsync(string query, CancellationToken ct)
    {
        if (WebAddresses.Read(options.CurrentValue.SearchUrl) is not { } server)
        {
            throw new ToolException("No search is set up. A superuser can enter the address of a SearXNG at /admin/settings.");
        }

        var address = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/search?q={Uri.EscapeDataString(query)}&format=json");
        var answer = await web.GetAsync(address, "application/json", ct);
        return answer switch
        {
            { LeadsTo: { } other } => throw new ToolException(
                $"The search at {server.Host} redirects to {other.Host}. A superuser enters its own address at /admin/settings."
            ),
            { Status: HttpStatusCode.Forbidden } => throw new ToolException(
                $"The search at {server.Host} refuses to answer. Its settings must list json under search.formats."
            ),
            { Status: HttpStatusCode.OK } => Read(answer.Body, server),
            _ => throw new ToolException($"The search at {server.Host} answered {(int)answer.Status}."),
        };
    }

    public void Dispose() => web.Dispose();

    private static List<WebResult> Read(byte[] json, Uri server)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("results", out var results)
                ? [.. results.EnumerateArray().Select(Result).OfType<WebResult>().Take(MaxResults)]
                : throw new JsonException("There are no results in it.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ToolException($"What {server.Host} answered is no list of search results.");
        }
    }

    /// <summary>One result of the search; null where its address is none of a web page.</summary>
    private static WebResult? Result(JsonElement result) =>
        WebAddresses.Plain(WebAddresses.Read(result.Text("url"))) is { } address
            ? new WebResult(Line(result, "title", MaxTitle), address, Line(result, "content", MaxExcerpt))
            : null;

    private static string Line(JsonElement result, string name, int length) =>
        PromptDelimiter.CleanLine(result.Text(name) ?? "").AtMost(length);
}
