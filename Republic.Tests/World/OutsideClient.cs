using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>An outside client of <c>/v1</c> with a key and nothing else.</summary>
public sealed class OutsideClient(Uri address, string? key) : IDisposable
{
    public const string Hi = """{"messages":[{"role":"user","content":"Hi"}]}""";

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> SendAsync(string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = body };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    public Task<HttpResponseMessage> ChatAsync(string body, params (string Name, string Value)[] headers) =>
        SendAsync("/v1/chat/completions", body, headers);

    /// <summary>A whole answer's JSON; anything but 200 fails the test.</summary>
    public async Task<JsonNode> AnswerAsync(string body, params (string Name, string Value)[] headers)
    {
        using var response = await ChatAsync(body, headers);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}\n{text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The error of a call that must fail with this status.</summary>
    public async Task<JsonNode> ErrorAsync(int status, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, body, headers);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}\n{text}");
        return JsonNode.Parse(text)!["error"]!;
    }

    /// <summary>The payloads of a streamed answer.</summary>
    public static async Task<List<string>> FramesAsync(HttpResponseMessage response) =>
        [
            .. (await response.Content.ReadAsStringAsync(Ct))
                .Split('\n')
                .Where(line => line.StartsWith("data:", StringComparison.Ordinal))
                .Select(line => line[5..].Trim()),
        ];

    public void Dispose() => http.Dispose();
}
