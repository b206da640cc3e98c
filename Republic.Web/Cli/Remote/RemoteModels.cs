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

    /// <param name="order">The body of the request.</param>
    /// <exception cref="RemoteException">The server is not reachable, or refused.</exception>
    public async Task<RemoteModel> DownloadAsync(JsonObject order, CancellationToken ct)
    {
        var answer = await republic.SendAsync(HttpMethod.Post, $"{Path}/download", order, ct);
        return Read(answer?.Member("personal_model", JsonValueKind.Object) ?? throw republic.UnexpectedAnswer);
    }

    public async Task<RemoteModel> StatusAsync(string id, CancellationToken ct) =>
        Read(await republic.GetAsync($"{Path}/{Uri.EscapeDataString(id)}/status", ct));

    /// <param name="action">Such as <c>resume</c> or <c>retry</c>.</param>
    public Task PostAsync(string id, string action, CancellationToken ct) =>
        republic.SendAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(id)}/{action}", null, ct);

    public RemoteModel Read(JsonElement json) =>
        republic.Read<RemoteModel>(json) is { Id.Length: > 0, Status.Length: > 0 } model ? model : throw republic.UnexpectedAnswer;
}
