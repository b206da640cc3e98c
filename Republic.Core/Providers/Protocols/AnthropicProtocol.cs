using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Providers.Protocols;

/// <summary>The Messages API. Inside Republic everything is spoken as chat completions; this class translates both ways.</summary>
public sealed class AnthropicProtocol(TimeProvider time) : IModelProtocol
{
    private const int MostPages = 20;

    private const int MostRemembered = 1000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Newer models refuse temperature and its kin; the first refusal teaches which.
    private readonly ConcurrentDictionary<string, bool> unsampled = new(StringComparer.Ordinal);

    public string Name => "anthropic";

    public async Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, UpstreamCall upstream, CancellationToken ct)
    {
        var models = new List<ListedModel>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = Path(target, "/models?limit=1000") + (after is null ? "" : $"&after_id={Uri.EscapeDataString(after)}");
            using var answer = await upstream.SendAsync(target, path, body: null, whole: true, ct);
            using var json = OpenAiAnswer.Parse(target, await OpenAiProtocol.ReadWholeAsync(target, answer, ct));
            if (!json.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            {
                throw ProviderErrors.BadAnswer(target, "did not answer with a list of models.");
            }

            models.AddRange(ModelListing.Read(data));
            var last = OpenAiAnswer.Member(json.RootElement, "last_id");
            if (
                last is null
                || last == after
                || !json.RootElement.TryGetProperty("has_more", out var more)
                || more.ValueKind != JsonValueKind.True
            )
            {
                break;
            }

            after = last;
        }

        return [.. models.DistinctBy(model => model.Id, StringComparer.Ordinal)];
    }

    public async Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        UpstreamCall upstream,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    )
    {
        if (path != "/chat/completions")
        {
            throw ProviderErrors.BadRequest(
                target,
                path == "/embeddings"
                    ? "has no embeddings. Choose a minion or model of another provider for them."
                    : $"has nothing at {path}. It takes chats."
            );
        }

        var answer = await AskAsync(target, upstream, body, stream, ct);
        try
        {
            var created = time.GetUtcNow().ToUnixTimeSeconds();
            var type = answer.Content.Headers.ContentType?.MediaType;
            if (stream && type is not ("application/json" or "text/html"))
            {
                var events = await answer.Content.ReadAsStreamAsync(ct);
                answer.Content = new StreamContent(new AnthropicStream(events, target, upstream.Limits.MaxLineBytes, created));
                answer.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
                return answer;
            }

            using var json = OpenAiAnswer.Parse(target, await OpenAiProtocol.ReadWholeAsync(target, answer, ct));
            var whole = AnthropicAnswer.Translate(target, json.RootElement, created);
            answer.Content.Dispose();
            answer.Content = new ReadOnlyMemoryContent(whole);
            answer.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        ModelTarget target,
        UpstreamCall upstream,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    )
    {
        var request = Request(target, body, stream);
        var model = $"{target.BaseUrl} {request["model"]}";
        if (unsampled.ContainsKey(model))
        {
            TakeOutSampling(request);
        }

        try
        {
            return await SendAsync(request);
        }
        catch (ProviderException e) when (e.StatusCode == 400 && RefusesSampling(e.Message, request))
        {
            TakeOutSampling(request);
            var answer = await SendAsync(request);
            if (unsampled.Count < MostRemembered)
            {
                unsampled[model] = true;
            }

            return answer;
        }

        Task<HttpResponseMessage> SendAsync(JsonObject request) =>
            upstream.SendAsync(target, Path(target, "/messages"), OpenAiProtocol.Bytes(request), whole: !stream, ct);
    }

    private static JsonObject Request(ModelTarget target, ReadOnlyMemory<byte> body, bool stream)
    {
        try
        {
            using var given = JsonDocument.Parse(body, Strict);
            return AnthropicRequest.Translate(target, given.RootElement, stream);
        }
        catch (JsonException)
        {
            throw ProviderErrors.BadRequest(target, "cannot be sent this: it is no JSON, or an object in it names something twice.");
        }
    }

    private static bool RefusesSampling(string message, JsonObject request) =>
        AnthropicRequest.Sampling.Any(name => message.Contains(name, StringComparison.Ordinal))
        && AnthropicRequest.Sampling.Any(request.ContainsKey);

    private static void TakeOutSampling(JsonObject request)
    {
        foreach (var name in AnthropicRequest.Sampling)
        {
            request.Remove(name);
        }
    }

    // People enter the address with and without the version.
    private static string Path(ModelTarget target, string path)
    {
        var root = (target.BaseUrl ?? target.Provider.BaseUrl)?.AbsolutePath.TrimEnd('/') ?? "";
        return root.EndsWith("/v1", StringComparison.Ordinal) ? path : $"/v1{path}";
    }
}
