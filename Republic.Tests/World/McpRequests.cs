using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Answering.Tools;

namespace Republic.Tests.World;

/// <summary>Messages to <c>/mcp</c>, one by one, as any client of the protocol sends them.</summary>
internal sealed class McpRequests(IRepublic republic, string? token = null) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = republic.Address };
    private int last;

    /// <summary>How many minions asked each other before, as Republic says it; null where it is not said.</summary>
    public int? Depth { get; set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<McpRequests> OfAsync(IRepublic republic, Inhabitant person) =>
        new(republic, await TokenAsync(person, "tools"));

    public static async Task<string> TokenAsync(Inhabitant person, params string[] scopes) =>
        (await person.Api.PostAsync("/api/account/tokens", new { name = "for a client", scopes }))["token"]!.GetValue<string>();

    public async Task<HttpResponseMessage> SendAsync(string method, object? parameters = null, string? origin = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (!method.StartsWith("notifications/", StringComparison.Ordinal))
        {
            message["id"] = ++last;
        }

        if (parameters is not null)
        {
            message["params"] = JsonSerializer.SerializeToNode(parameters);
        }

        using var content = JsonContent.Create(message);
        return await PostAsync(content, origin);
    }

    /// <summary>The answer to a request: its result, or its error.</summary>
    public async Task<JsonNode> AskAsync(string method, object? parameters = null)
    {
        using var response = await SendAsync(method, parameters);
        return await ReadAsync(response);
    }

    /// <summary>The answer to a request that no serializer would write.</summary>
    public async Task<JsonNode> AskRawAsync(string message)
    {
        using var content = new StringContent(message, Encoding.UTF8, "application/json");
        using var response = await PostAsync(content, origin: null);
        return await ReadAsync(response);
    }

    /// <summary>What a tool gave back as text, and whether it is an error.</summary>
    public async Task<(string Text, bool IsError)> CallAsync(string tool, object? arguments = null)
    {
        var answer = await AskAsync("tools/call", new { name = tool, arguments = arguments ?? new { } });
        var result = answer["result"];
        Assert.True(result is not null, answer.ToJsonString());
        var content = Assert.Single(result["content"]!.AsArray())!;
        Assert.Equal("text", (string)content["type"]!);
        return ((string)content["text"]!, (bool?)result["isError"] ?? false);
    }

    public void Dispose() => http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}\n{body}");
        var data = body.Split('\n').Single(line => line.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data["data:".Length..])!;
    }

    private async Task<HttpResponseMessage> PostAsync(HttpContent content, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (Depth is { } depth)
        {
            request.Headers.Add(ToolDepth.Header, $"{depth}");
        }

        return await http.SendAsync(request, Ct);
    }
}
