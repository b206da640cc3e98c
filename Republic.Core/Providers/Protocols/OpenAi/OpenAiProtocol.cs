using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>The chat-completions format that most vendors and all local servers speak.</summary>
public sealed class OpenAiProtocol : IModelProtocol
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int FirstPiece = 4 << 10;

    private const int LargestPiece = 64 << 10;

    private readonly SamplingRefusals refusals = new();

    public string Name => "openai";

    public async Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, UpstreamCall upstream, CancellationToken ct)
    {
        using var answer = await upstream.SendAsync(target, "/models", body: null, whole: true, ct);
        using var json = OpenAiAnswer.Parse(target, await ReadWholeAsync(target, answer, ct), orList: true);
        var list = json.RootElement;
        if ((list.ValueKind == JsonValueKind.Object && !list.TryGetProperty("data", out list)) || list.ValueKind != JsonValueKind.Array)
        {
            throw ProviderErrors.BadAnswer(target, "did not answer with a list of models.");
        }

        return [.. ModelListing.Read(list)];
    }

    public Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        UpstreamCall upstream,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    ) => refusals.SendAsync(target, body, request => upstream.SendAsync(target, path, request, whole: !stream, ct));

    internal static byte[] Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Json);

    internal static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(ModelTarget target, HttpResponseMessage answer, CancellationToken ct)
    {
        var stream = await answer.Content.ReadAsStreamAsync(ct);
        var length = answer.Content.Headers.ContentLength;
        var pieces = new List<ReadOnlyMemory<byte>>(1);
        var isFull = true;
        // One byte more than it says: what is not filled is known to be all.
        for (var size = length < LargestPiece ? (int)length + 1 : FirstPiece; isFull; size = Math.Min(size * 2, LargestPiece))
        {
            // Pieces, because an array that is doubled takes thrice the room while it is copied. The stream itself counts what comes, and
            // ends this when it is too much.
            var piece = GC.AllocateUninitializedArray<byte>(size);
            var count = await stream.ReadAtLeastAsync(piece, size, throwOnEndOfStream: false, ct);
            pieces.Add(piece.AsMemory(0, count));
            isFull = count == size;
        }

        var whole = pieces.Count == 1 ? pieces[0] : Joined(pieces);
        if (length is not null && length != whole.Length)
        {
            throw ProviderErrors.Interrupted(target);
        }

        return whole;
    }

    private static byte[] Joined(List<ReadOnlyMemory<byte>> pieces)
    {
        var whole = GC.AllocateUninitializedArray<byte>(pieces.Sum(piece => piece.Length));
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(whole.AsMemory(at));
            at += piece.Length;
        }

        return whole;
    }
}
