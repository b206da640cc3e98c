using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Providers.Protocols;

/// <summary>The chat-completions format that most vendors and all local servers speak.</summary>
public sealed class OpenAiProtocol : IModelProtocol
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => "openai";

    public async Task<IReadOnlyList<string>> ListModelsAsync(ModelTarget target, UpstreamCall upstream, CancellationToken ct)
    {
        using var answer = await upstream.SendAsync(target, "/models", body: null, whole: true, ct);
        var body = await ReadWholeAsync(target, answer, ct);
        using var json = OpenAiAnswer.Parse(target, body);
        if (!json.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw ProviderErrors.BadAnswer(target, "did not answer with a list of models.");
        }

        return
        [
            .. data.EnumerateArray()
                .Select(model =>
                    model.ValueKind == JsonValueKind.Object && model.TryGetProperty("id", out var id) ? OpenAiAnswer.Text(id) : null
                )
                .OfType<string>()
                .Where(id => id.Length is > 0 and <= 200)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    public Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        UpstreamCall upstream,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    ) => upstream.SendAsync(target, path, body, whole: !stream, ct);

    internal static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Json);

    internal static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(ModelTarget target, HttpResponseMessage answer, CancellationToken ct)
    {
        var stream = await answer.Content.ReadAsStreamAsync(ct);
        using var whole = new MemoryStream();
        // The stream itself counts bytes and ends the copy when there are too many.
        await stream.CopyToAsync(whole, ct);
        if (answer.Content.Headers.ContentLength is { } promised && promised != whole.Length)
        {
            throw ProviderErrors.Interrupted(target);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
