using System.Net;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>One event of a live stream.</summary>
public sealed record StreamedEvent(string? Id, string Name, JsonNode Data);

/// <summary>Reads a live stream as a browser does, one event at a time.</summary>
public sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventStream(HttpResponseMessage response, Stream stream) => (this.response, reader) = (response, new StreamReader(stream));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpResponseMessage Response => response;

    public static async Task<EventStream> OpenAsync(HttpClient http, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync(Ct));
    }

    /// <summary>The next event, or null at the end of the stream. Comments are passed over.</summary>
    public async Task<StreamedEvent?> NextAsync()
    {
        string? id = null;
        string? name = null;
        string? data = null;
        while (await reader.ReadLineAsync(Ct) is { } line)
        {
            if (line.Length == 0 && data is not null)
            {
                return new StreamedEvent(id, name!, JsonNode.Parse(data)!);
            }

            id = After(line, "id: ") ?? id;
            name = After(line, "event: ") ?? name;
            data = After(line, "data: ") ?? data;
        }

        return null;
    }

    /// <summary>The events up to and with the first of this name.</summary>
    public async Task<List<StreamedEvent>> UntilAsync(string name)
    {
        var events = new List<StreamedEvent>();
        do
        {
            events.Add(await NextAsync() ?? throw new InvalidOperationException($"The stream ended before “{name}”."));
        } while (events[^1].Name != name);

        return events;
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private static string? After(string line, string field) =>
        line.StartsWith(field, StringComparison.Ordinal) ? line[field.Length..] : null;
}
