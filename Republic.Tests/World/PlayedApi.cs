using System.Collections.Concurrent;

namespace Republic.Tests.World;

/// <summary>A server on loopback that plays the JSON API: every door gives its answers in their order, and then its last again and again.</summary>
public sealed class PlayedApi : IAsyncDisposable
{
    private readonly RawUpstream upstream = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Status, string Type, string Body)>> doors = new();

    public PlayedApi() => upstream.Script = PlayAsync;

    public string Url => $"http://{upstream.Authority}";

    /// <summary>Heads and bodies, as they came.</summary>
    public IReadOnlyList<string> Requests => [.. upstream.Requests];

    /// <summary>Such as <c>GET /api/personal-models</c>, in the order in which they were asked.</summary>
    public IReadOnlyList<string> Asked => [.. Requests.Select(DoorOf)];

    public void Says(string door, params IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            Answers(door, "200 OK", body);
        }
    }

    public void Refuses(string door, string status, string detail) =>
        Answers(door, status, $$"""{"title":"Refused","status":{{status[..3]}},"detail":"{{detail}}"}""");

    public void Answers(string door, string status, string body, string type = "application/json") =>
        doors.GetOrAdd(door, _ => new()).Enqueue((status, type, body));

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private Task PlayAsync(RawCall call)
    {
        if (!doors.TryGetValue(DoorOf(call.Request), out var answers) || !answers.TryPeek(out var answer))
        {
            return call.WholeAsync("404 Not Found", "text/html", "<!doctype html><title>Nothing here</title>");
        }

        if (answers.Count > 1)
        {
            answers.TryDequeue(out answer);
        }

        return call.WholeAsync(answer.Status, answer.Type, answer.Body);
    }

    private static string DoorOf(string request) => string.Join(' ', request.Split(' ')[..2]);
}
