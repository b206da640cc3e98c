using System.Net.Http.Headers;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.Anthropic;

/// <summary>The Messages API. Inside Republic everything is spoken as chat completions; this class translates both ways.</summary>
public sealed class AnthropicProtocol(TimeProvider time) : IModelProtocol
{
    private const int MostPages = 20;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly SamplingRefusals refusals = new();

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

    private Task<HttpResponseMessage> AskAsync(
        ModelTarget target,
        UpstreamCall upstream,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    ) =>
        refusals.SendAsync(
            target,
            Request(target, body, stream),
            request => upstream.SendAsync(target, Path(target, "/messages"), request, whole: !stream, ct)
        );

    private static byte[] Request(ModelTarget target, ReadOnlyMemory<byte> body, bool stream)
    {
        try
        {
            using var given = JsonDocument.Parse(body, Strict);
            return OpenAiProtocol.Bytes(AnthropicRequest.Translate(target, given.RootElement, stream));
        }
        catch (JsonException)
        {
            throw ProviderErrors.BadRequest(target, "cannot be sent this: it is no JSON, or an object in it names something twice.");
        }
    }

    // People enter the address with and without the version.
    private static string Path(ModelTarget target, string path)
    {
        var root = (target.BaseUrl ?? target.Provider.BaseUrl)?.AbsolutePath.TrimEnd('/') ?? "";
        return root.EndsWith("/v1", StringComparison.Ordinal) ? path : $"/v1{path}";
    }
}
