using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A scenario of one person, read and changed by the JSON API.</summary>
internal sealed record WrittenScenario(Inhabitant Owner, string Id)
{
    public const string All = "/api/scenarios";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Path => $"{All}/{Id}";

    /// <param name="fields">Of the new scenario; without, it is a code review: begin, explain, review, good and poor.</param>
    public static async Task<WrittenScenario> MakeAsync(Inhabitant owner, object? fields = null) =>
        Of(owner, await owner.Api.PostAsync(All, fields ?? new { template = "code-review" }));

    public static WrittenScenario Of(Inhabitant owner, JsonNode answer) => new(owner, (string)answer["scenario"]!["id"]!);

    public async Task<JsonNode> ReadAsync() => (await Owner.Api.GetAsync(Path))["scenario"]!;

    public async Task<JsonNode> StateAsync(string name) => Named(await ListAsync("states"), name);

    public async Task<JsonNode> RoleAsync(string name) => Named(await ListAsync("roles"), name);

    public Task<JsonArray> TransitionsAsync() => ListAsync("transitions");

    /// <summary>The transitions of one state, in their order.</summary>
    public async Task<IReadOnlyList<JsonNode>> TransitionsAsync(string from)
    {
        var id = (string?)(await StateAsync(from))["id"];
        return [.. (await TransitionsAsync()).OfType<JsonNode>().Where(one => (string?)one["from_state_id"] == id)];
    }

    public async Task<JsonNode> AddStateAsync(object fields) => (await Owner.Api.PostAsync($"{Path}/states", fields))["state"]!;

    public async Task<JsonNode> AddRoleAsync(object fields) => (await Owner.Api.PostAsync($"{Path}/roles", fields))["role"]!;

    public async Task<JsonNode> AddTransitionAsync(object fields) =>
        (await Owner.Api.PostAsync($"{Path}/transitions", fields))["transition"]!;

    public async Task<JsonNode> ChangeStateAsync(string name, object fields) =>
        (await Owner.Api.PutAsync($"{Path}/states/{(string?)(await StateAsync(name))["id"]}", fields))["state"]!;

    public async Task<JsonNode> ChangeRoleAsync(string name, object fields) =>
        (await Owner.Api.PutAsync($"{Path}/roles/{(string?)(await RoleAsync(name))["id"]}", fields))["role"]!;

    public async Task<int> PublishAsync() => (await Owner.Api.PostAsync($"{Path}/publish"))["version"]!.GetValue<int>();

    /// <summary>The text of the draft, or of a version.</summary>
    public async Task<string> YamlAsync(int? version = null)
    {
        using var answer = await Owner.Api.SendAsync(HttpMethod.Get, $"{Path}/yaml{(version is { } number ? $"?version={number}" : "")}");
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    public Task<JsonNode> ReplaceAsync(string yaml, int status = 200) => SendAsync(Owner, HttpMethod.Put, $"{Path}/yaml", yaml, status);

    public static Task<JsonNode> ImportAsync(Inhabitant owner, string yaml, int status = 201) =>
        SendAsync(owner, HttpMethod.Post, $"{All}/yaml", yaml, status);

    public static Task<JsonNode> SendAsync(Inhabitant owner, HttpMethod verb, string path, string yaml, int status) =>
        SendAsync(owner, verb, path, Encoding.UTF8.GetBytes(yaml), "application/yaml", status);

    /// <param name="type">Null for none.</param>
    public static async Task<JsonNode> SendAsync(Inhabitant owner, HttpMethod verb, string path, byte[] body, string? type, int status)
    {
        using var request = new HttpRequestMessage(verb, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var answer = await owner.Api.Http.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode == status, $"{verb} {path}: {(int)answer.StatusCode} instead of {status}\n{text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonArray> ListAsync(string elements) => (await Owner.Api.GetAsync($"{Path}/{elements}"))[elements]!.AsArray();

    private static JsonNode Named(JsonArray elements, string name) => elements.Single(element => (string?)element!["name"] == name)!;
}
