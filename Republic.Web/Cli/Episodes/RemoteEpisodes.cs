using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Web.Cli.Citizens;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Episodes;

/// <summary>The episodes of a person at a running Republic.</summary>
internal sealed class RemoteEpisodes(RemoteRepublic republic)
{
    private const string Path = "api/episodes";
    private const int PageSize = 200;
    private const int MostListed = 10;

    public string Address => republic.Address;

    public RemoteException UnexpectedAnswer => republic.UnexpectedAnswer;

    public string PageOf(RemoteEpisode episode) => $"{Address}/episodes/{episode.Id}";

    /// <summary>All episodes of a list, from all pages, as the server sent them.</summary>
    /// <param name="query">Such as <c>status=RUNNING&amp;</c>; empty for all.</param>
    public Task<IReadOnlyList<JsonElement>> ListAsync(string query, CancellationToken ct) =>
        republic.ListAsync($"{Path}?{query}limit={PageSize}", "episodes", ct);

    /// <param name="timeline">Null for the one that is shown.</param>
    /// <param name="after">The number of the last entry that is known, where only what follows is wanted; null for all.</param>
    public async Task<JsonElement> GetAsync(string id, string? timeline, long? after, CancellationToken ct) =>
        Found(await republic.GetAsync(Of(id, "", timeline, after), ct));

    public async Task<JsonElement> CreateAsync(JsonObject fields, CancellationToken ct) =>
        Found(await republic.SendAsync(HttpMethod.Post, Path, fields, ct));

    public Task DeleteAsync(string id, CancellationToken ct) => republic.SendAsync(HttpMethod.Delete, Of(id, "", timeline: null), null, ct);

    /// <param name="action">Such as <c>start</c> or <c>act</c>.</param>
    /// <param name="body">The body of the request; null for none.</param>
    /// <returns>The episode as it is then.</returns>
    public async Task<JsonElement> PostAsync(string id, string action, string? timeline, JsonObject? body, CancellationToken ct) =>
        Found(await republic.SendAsync(HttpMethod.Post, Of(id, $"/{action}", timeline), body, ct));

    public async Task<JsonElement> ReplayAsync(string id, string? timeline, CancellationToken ct) =>
        await republic.SendAsync(HttpMethod.Post, Of(id, "/replay", timeline), null, ct) ?? throw UnexpectedAnswer;

    /// <summary>All entries of a timeline's journal, the oldest first, as the server sent them.</summary>
    public Task<IReadOnlyList<JsonElement>> JournalAsync(string id, string? timeline, CancellationToken ct) =>
        republic.ListAsync(Of(id, "/journal", timeline), "entries", ct);

    /// <summary>The id of the scenario that a word means: an id, or a name.</summary>
    /// <exception cref="RemoteException">There is none of this name, or there are several.</exception>
    public async Task<string> ScenarioAsync(string word, CancellationToken ct)
    {
        if (Guid.TryParse(word, out var id))
        {
            return id.ToString();
        }

        var all = (await republic.ListAsync($"api/scenarios?limit={PageSize}", "scenarios", ct))
            .Select(republic.Read<RemoteScenario>)
            .ToList();
        var found = all.Where(one => string.Equals(one.Name, word, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [{ Id: { } only }] => only,
            [] => throw new RemoteException(
                all.Count == 0
                    ? $"You have no scenario there. {Address}/scenarios makes one."
                    : $"None of your scenarios is called {word}. They are {string.Join(", ", all.Take(MostListed).Select(one => RemoteText.OneLine(one.Name)))}{(all.Count > MostListed ? ", …" : ".")}",
                ExitCode.NotPossible
            ),
            _ => throw new RemoteException(
                $"{word} is the name of {found.Count} scenarios. Give an id: {string.Join(", ", found.Select(one => one.Id))}.",
                ExitCode.NotPossible
            ),
        };
    }

    public Task<RemoteCitizens> CitizensAsync(CancellationToken ct) => RemoteCitizens.ReadAsync(republic, ct);

    public RemoteEpisode Read(JsonElement json) =>
        republic.Read<RemoteEpisode>(json) is { Id.Length: > 0, Status.Length: > 0 } episode ? episode : throw UnexpectedAnswer;

    public RemoteReplay ReadReplay(JsonElement json) =>
        republic.Read<RemoteReplay>(json) is { Entries: not null, TranscriptSha256.Length: > 0 } replay ? replay : throw UnexpectedAnswer;

    private JsonElement Found(JsonElement? answer) => answer?.Member("episode", JsonValueKind.Object) ?? throw UnexpectedAnswer;

    private static string Of(string id, string more, string? timeline, long? after = null)
    {
        string[] query =
        [
            .. timeline is null ? Array.Empty<string>() : [$"timeline={timeline}"],
            .. after is null ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"after={after}")],
        ];
        return $"{Path}/{id}{more}{(query.Length == 0 ? "" : $"?{string.Join('&', query)}")}";
    }
}
