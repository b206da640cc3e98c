using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>
/// Vectors for texts, in the texts' order. Every text gets one, all of one length, or the whole answer is refused: a vector at the wrong
/// text would never be noticed.
/// </summary>
/// <param name="route">Whose vectors are compared with each other must come from one model: give no fallbacks.</param>
public sealed class OpenAiEmbeddingGenerator(ModelRouter router, ModelRoute route) : IEmbeddingGenerator<string, Embedding<float>>
{
    private RouteLog? log;

    /// <summary>Of the last call, also of one that failed; null before the first.</summary>
    public RouteReceipt? Receipt => log?.Receipt;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var texts = new JsonArray([.. values.Select(text => JsonValue.Create(text))]);
        if (texts.Count == 0)
        {
            return [];
        }

        GeneratedEmbeddings<Embedding<float>> made = [];
        var request = new ModelRequest(ModelRequest.Embeddings, "data", Stream: false, target => Body(target, texts, options))
        {
            Read = (target, whole) => made = Read(target, whole, texts.Count),
        };
        var call = router.NewCall(route, request);
        log = call.Log;
        await using var answer = await router.SendAsync(call, cancellationToken);
        return made;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        return serviceKey is not null || route.First is not { } first ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata)
                ? new EmbeddingGeneratorMetadata(first.Provider.Name, first.BaseUrl, first.ModelId)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() { }

    private static GeneratedEmbeddings<Embedding<float>> Read(ModelTarget target, ReadOnlyMemory<byte> whole, int count)
    {
        using var json = OpenAiAnswer.Parse(target, whole);
        var model = OpenAiAnswer.Member(json.RootElement, "model") ?? target.ModelId;
        var vectors = Vectors(target, json.RootElement, count);
        return new([.. vectors.Select(vector => new Embedding<float>(vector) { ModelId = model })])
        {
            Usage = OpenAiAnswer.Usage(json.RootElement),
        };
    }

    private static byte[] Body(ModelTarget target, JsonArray texts, EmbeddingGenerationOptions? options)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? target.ModelId,
            ["input"] = texts.DeepClone(),
            ["encoding_format"] = "float",
        };
        if (target.Installed is not null)
        {
            body[OpenAiRequest.InstalledField] = target.Installed.ToJson();
        }

        if (options?.Dimensions is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        return OpenAiProtocol.Bytes(body);
    }

    private static float[][] Vectors(ModelTarget target, JsonElement root, int count)
    {
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw ProviderErrors.BadAnswer(target, "answered without vectors in it.");
        }

        if (data.GetArrayLength() != count)
        {
            throw ProviderErrors.BadAnswer(target, $"sent {data.GetArrayLength()} vectors for {count} texts.");
        }

        var vectors = new float[count][];
        var position = 0;
        foreach (var item in data.EnumerateArray())
        {
            var isObject = item.ValueKind == JsonValueKind.Object;
            var index = (isObject ? OpenAiAnswer.Number(item, "index") : null) ?? position;
            var vector = isObject && item.TryGetProperty("embedding", out var given) ? Vector(given) : null;
            if (vector is null || index >= count || vectors[index] is not null)
            {
                throw ProviderErrors.BadAnswer(target, $"sent no vector for the text at place {position + 1}.");
            }

            if (vector.AsSpan().IndexOfAnyExcept(0f) < 0)
            {
                throw ProviderErrors.NoMeaning(target);
            }

            vectors[index] = vector;
            position++;
        }

        return Array.TrueForAll(vectors, vector => vector.Length == vectors[0].Length)
            ? vectors
            : throw ProviderErrors.BadAnswer(target, "sent vectors of different lengths.");
    }

    // Numbers were asked for; a server that only knows packed ones sends little-endian floats in base64.
    private static float[]? Vector(JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.String && given.TryGetBytesFromBase64(out var packed) && packed.Length % sizeof(float) == 0)
        {
            return Usable([.. packed.Chunk(sizeof(float)).Select(bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes))]);
        }

        return given.ValueKind == JsonValueKind.Array
            ? Usable([
                .. given.EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Number ? number.GetSingle() : float.NaN),
            ])
            : null;
    }

    private static float[]? Usable(float[] vector) => vector.Length > 0 && Array.TrueForAll(vector, float.IsFinite) ? vector : null;
}
