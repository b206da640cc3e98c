using System.Net.Http.Headers;
using System.Text.Json;
using Republic.Core.Inference.Http;
using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Supervision;

/// <summary>
/// A request as it was asked, of which a message can be made as often as a child dies. It has a copy of the body: the caller may
/// dispose of its own once it has the headers of the answer.
/// </summary>
internal sealed class KeptRequest
{
    private readonly HttpRequestMessage asked;
    private readonly ReadOnlyMemory<byte>? body;

    private KeptRequest(HttpRequestMessage asked, ReadOnlyMemory<byte>? body) => (this.asked, this.body) = (asked, body);

    /// <summary>What the body says of models; nothing where it is no such JSON, which the child then refuses.</summary>
    private AskedModel Model => field ??= Read(body);

    public static async Task<KeptRequest> OfAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (request.Content is not { } content)
        {
            return new KeptRequest(request, null);
        }

        using var copy = new MemoryStream((int)Math.Min(content.Headers.ContentLength ?? 0, Array.MaxLength));
        await content.CopyToAsync(copy, ct);
        return new KeptRequest(request, copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    /// <summary>Whether it asks the model of that file, whatever a person calls it, or with the adapter of that file.</summary>
    public bool Asks(ModelFile file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        return (Model.Installed?.File ?? Model.Model) == name || Model.Adapters?.Any(adapter => adapter?.Name == name) == true;
    }

    /// <param name="secret">Empty where none is needed.</param>
    /// <param name="begun">The answer so far, which the child is to go on with.</param>
    public HttpRequestMessage Message(string secret, ChatContinuation? begun)
    {
        var message = new HttpRequestMessage(asked.Method, asked.RequestUri)
        {
            Version = asked.Version,
            VersionPolicy = asked.VersionPolicy,
        };
        foreach (var (name, values) in asked.Headers.NonValidated)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        if (secret.Length > 0)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }

        if (body is { } sent)
        {
            message.Content = new ReadOnlyMemoryContent(begun is null ? sent : With(sent, begun));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }

    /// <summary>One more member at the end of an object that a child has read already, whatever else is in it.</summary>
    private static byte[] With(ReadOnlyMemory<byte> sent, ChatContinuation begun)
    {
        var member = JsonSerializer.SerializeToUtf8Bytes(begun, HostJson.Options);
        return [.. sent[..sent.Span.LastIndexOf((byte)'}')].Span, .. ",\"continue\":"u8, .. member, (byte)'}'];
    }

    private static AskedModel Read(ReadOnlyMemory<byte>? sent)
    {
        try
        {
            return (sent is { } json ? JsonSerializer.Deserialize<AskedModel>(json.Span, HostJson.Options) : null) ?? new AskedModel();
        }
        catch (JsonException)
        {
            return new AskedModel();
        }
    }

    private sealed record AskedModel(
        string? Model = null,
        InstalledFile? Installed = null,
        IReadOnlyList<ChatRequestAdapter?>? Adapters = null
    );
}
