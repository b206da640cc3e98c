using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Web.Cli.Remote;

/// <summary>The personal models of a person at a running Republic.</summary>
internal sealed class RemoteModels(RemoteRepublic republic)
{
    private const string Path = "api/personal-models";

    public string Address => republic.Address;

    /// <summary>All models, from all pages, as the server sent them.</summary>
    public Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken ct) => republic.ListAsync(Path, "personal_models", ct);

    /// <summary>The model of an id, a name, or an id of the catalogue with or without its variant; the first of these that is met.</summary>
    /// <exception cref="RemoteException">There is no such model, or there are several.</exception>
    public async Task<(JsonElement Json, RemoteModel Model)> FindAsync(string word, CancellationToken ct)
    {
        var all = (await ListAsync(ct)).Select(json => (Json: json, Model: Read(json))).ToList();
        Func<RemoteModel, string?>[] namings =
        [
            model => model.Id,
            model => model.CustomName,
            model => model.Source,
            model => model.ModelId,
        ];
        var found =
            namings
                .Select(naming => all.Where(one => string.Equals(naming(one.Model), word, StringComparison.OrdinalIgnoreCase)).ToList())
                .FirstOrDefault(some => some.Count > 0)
            ?? [];
        return found switch
        {
            [var one] => one,
            [] => throw new RemoteException(
                $"None of your personal models is called {word}. republic list shows them.",
                ExitCode.NotPossible
            ),
            _ => throw new RemoteException(
                $"{word} is the name of {found.Count} models. Give an id: {string.Join(", ", found.Select(one => $"{one.Model.Id} ({one.Model.Name}, {one.Model.State})"))}.",
                ExitCode.NotPossible
            ),
        };
    }

    /// <param name="order">The body of the request.</param>
    /// <exception cref="RemoteException">The server is not reachable, or refused.</exception>
    public Task<RemoteModel> DownloadAsync(JsonObject order, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"{Path}/download", order, ct);

    public async Task<RemoteModel> StatusAsync(string id, CancellationToken ct) => Read(await GetAsync(id, "status", ct));

    /// <summary>What the server knows of a model beside its fields.</summary>
    /// <param name="what">Such as <c>dependents</c> or <c>versions</c>.</param>
    public Task<JsonElement> GetAsync(string id, string what, CancellationToken ct) => republic.GetAsync($"{Of(id)}/{what}", ct);

    /// <summary>The models in memory, as the server sent them.</summary>
    public Task<JsonElement> LoadedAsync(CancellationToken ct) => republic.GetAsync($"{Path}/loaded", ct);

    /// <summary>Whether a model was unloaded, and if not, whether it will be when its answers end.</summary>
    public async Task<(bool Unloaded, bool Unloading)> UnloadAsync(string id, CancellationToken ct)
    {
        var answer = await republic.SendAsync(HttpMethod.Post, $"{Of(id)}/unload", null, ct) ?? throw republic.UnexpectedAnswer;
        var isUnloaded = answer.Member("unloaded", JsonValueKind.True) is not null;
        return isUnloaded || answer.Member("unloaded", JsonValueKind.False) is not null
            ? (isUnloaded, answer.Member("unloading", JsonValueKind.True) is not null)
            : throw republic.UnexpectedAnswer;
    }

    /// <param name="action">Such as <c>resume</c> or <c>retry</c>.</param>
    public Task PostAsync(string id, string action, CancellationToken ct) =>
        republic.SendAsync(HttpMethod.Post, $"{Of(id)}/{action}", null, ct);

    /// <summary>Posts an action whose response is a model: the same one, or the one that the action makes.</summary>
    /// <param name="action">Such as <c>pause</c> or <c>quantize</c>.</param>
    /// <param name="body">The body of the request; null for none.</param>
    public Task<RemoteModel> ActAsync(string id, string action, JsonObject? body, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, $"{Of(id)}/{action}", body, ct);

    public Task<RemoteModel> ChangeAsync(string id, JsonObject change, CancellationToken ct) =>
        SendAsync(HttpMethod.Put, Of(id), change, ct);

    public Task DeleteAsync(string id, CancellationToken ct) => republic.SendAsync(HttpMethod.Delete, Of(id), null, ct);

    public RemoteModel Read(JsonElement json) =>
        republic.Read<RemoteModel>(json) is { Id.Length: > 0, Status.Length: > 0 } model ? model : throw republic.UnexpectedAnswer;

    /// <summary>Reads JSON whose every member may be missing.</summary>
    public T Read<T>(JsonElement json)
        where T : class => republic.Read<T>(json);

    /// <summary>The entries of a list that is sent without pages.</summary>
    public IReadOnlyList<T> ReadAll<T>(JsonElement json, string member)
        where T : class =>
        [.. (json.Member(member, JsonValueKind.Array) ?? throw republic.UnexpectedAnswer).EnumerateArray().Select(republic.Read<T>)];

    private async Task<RemoteModel> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        var answer = await republic.SendAsync(method, path, body, ct);
        return Read(answer?.Member("personal_model", JsonValueKind.Object) ?? throw republic.UnexpectedAnswer);
    }

    private static string Of(string id) => $"{Path}/{Uri.EscapeDataString(id)}";
}
