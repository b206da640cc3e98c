using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Web.Cli;

/// <summary>JSON in, JSON out, as any outside client would.</summary>
internal sealed class DemoClient(HttpClient http)
{
    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await http.GetAsync(path));

    public async Task<JsonNode> PostAsync(string path, object body) => await ReadAsync(await http.PostAsJsonAsync(path, body));

    public async Task<JsonNode> PutAsync(string path, object body) => await ReadAsync(await http.PutAsJsonAsync(path, body));

    public async Task<JsonNode> SendAsync(string path, HttpContent body) => await ReadAsync(await http.PostAsync(path, body));

    public async Task<JsonNode?> TryPostAsync(string path, object body)
    {
        var response = await http.PostAsJsonAsync(path, body);
        return response.IsSuccessStatusCode ? await ReadAsync(response) : null;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(body.Length == 0 ? "{}" : body)!
            : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {body}");
    }
}
