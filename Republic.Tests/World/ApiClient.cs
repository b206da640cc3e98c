using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>JSON in, JSON out. The short methods fail the test unless the answer is a success; <see cref="SendAsync"/> hands back whatever came.</summary>
public sealed class ApiClient(HttpClient http)
{
    public HttpClient Http => http;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<JsonNode> GetAsync(string path) => OkAsync(HttpMethod.Get, path, null);

    public Task<JsonNode> PostAsync(string path, object? body = null) => OkAsync(HttpMethod.Post, path, body);

    public Task<JsonNode> PutAsync(string path, object? body) => OkAsync(HttpMethod.Put, path, body);

    public Task<JsonNode> DeleteAsync(string path) => OkAsync(HttpMethod.Delete, path, null);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>The problem details of a request that must fail with this status.</summary>
    public async Task<JsonNode> ProblemAsync(int status, HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True((int)response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} instead of {status}\n{text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> OkAsync(HttpMethod method, string path, object? body)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode}\n{text}");
        return JsonNode.Parse(text.Length == 0 ? "{}" : text)!;
    }
}
