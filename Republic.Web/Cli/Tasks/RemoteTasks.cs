using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Web.Cli.Citizens;
using Republic.Web.Cli.Remote;

namespace Republic.Web.Cli.Tasks;

/// <summary>The tasks of a person at a running Republic.</summary>
internal sealed class RemoteTasks(RemoteRepublic republic)
{
    /// <summary>The part of a query that asks for what others share with the person.</summary>
    public const string Shared = "shared=true&";

    private const string Path = "api/tasks";
    private const int PageSize = 200;

    public string Address => republic.Address;

    /// <summary>All tasks of a list, from all pages, as the server sent them.</summary>
    /// <param name="query">Such as <c>status=DONE&amp;</c>; empty for all but the archive.</param>
    public Task<IReadOnlyList<JsonElement>> ListAsync(string query, CancellationToken ct) =>
        republic.ListAsync($"{Path}?{query}limit={PageSize}", "tasks", ct);

    /// <summary>The task of a number, also one of the archive, with everything that lists leave out.</summary>
    /// <param name="isShared">Whether it is one that somebody else shares.</param>
    public async Task<JsonElement> FindAsync(int number, bool isShared, CancellationToken ct)
    {
        var query = $"q=T-{number}&{(isShared ? Shared : "")}";
        string[] queries = [query, $"{query}status=ARCHIVED&"];
        foreach (var asked in queries)
        {
            // Titles may hold the number too, and several people may share their task of this number.
            var found = (await ListAsync(asked, ct)).Select(Read).Where(task => task.Number == number).ToList();
            if (found.Count > 1)
            {
                throw new RemoteException(
                    $"{found.Count} people share a task T-{number} with you. {Address}/tasks/shared shows them.",
                    ExitCode.NotPossible
                );
            }

            if (found.Count == 1)
            {
                return await GetAsync(found[0].Id!, ct);
            }
        }

        throw new RemoteException(
            isShared
                ? $"Nobody there shares a task T-{number} with you. republic tasks --shared shows what is shared."
                : $"You have no task T-{number} there. republic tasks shows them.",
            ExitCode.NotPossible
        );
    }

    public async Task<JsonElement> GetAsync(string id, CancellationToken ct) => Found(await republic.GetAsync(Of(id), ct));

    public async Task<JsonElement> CreateAsync(JsonObject fields, CancellationToken ct) =>
        Found(await republic.SendAsync(HttpMethod.Post, Path, fields, ct));

    /// <param name="action">Such as <c>move</c> or <c>comments</c>.</param>
    /// <param name="body">The body of the request; null for none.</param>
    public Task PostAsync(string id, string action, JsonObject? body, CancellationToken ct) =>
        republic.SendAsync(HttpMethod.Post, $"{Of(id)}/{action}", body, ct);

    public async Task<IReadOnlyList<RemoteComment>> CommentsAsync(string id, CancellationToken ct) =>
        [.. (await republic.ListAsync($"{Of(id)}/comments?limit={PageSize}", "comments", ct)).Select(republic.Read<RemoteComment>)];

    /// <summary>The last attempt of a minion at a task, null where there was none, and the dollars that all of them took.</summary>
    public async Task<(RemoteAttempt? Last, RemoteSpending? Spending)> WorkAsync(string id, CancellationToken ct)
    {
        var page = await republic.GetAsync($"{Of(id)}/attempts?limit=1", ct);
        var attempts = page.Member("attempts", JsonValueKind.Array) ?? throw republic.UnexpectedAnswer;
        return (
            attempts.EnumerateArray().Select(republic.Read<RemoteAttempt>).FirstOrDefault(),
            page.Member("spending", JsonValueKind.Object) is { } spending ? republic.Read<RemoteSpending>(spending) : null
        );
    }

    /// <summary>The person first, then their minions.</summary>
    public Task<RemoteCitizens> CitizensAsync(CancellationToken ct) => RemoteCitizens.ReadAsync(republic, ct);

    public RemoteTask Read(JsonElement json) =>
        republic.Read<RemoteTask>(json) is { Id.Length: > 0, Number: not null, Status.Length: > 0 } task
            ? task
            : throw republic.UnexpectedAnswer;

    private JsonElement Found(JsonElement? answer) => answer?.Member("task", JsonValueKind.Object) ?? throw republic.UnexpectedAnswer;

    private static string Of(string id) => $"{Path}/{Uri.EscapeDataString(id)}";
}
