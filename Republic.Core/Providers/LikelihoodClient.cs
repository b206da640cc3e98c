using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>Asks how likely a model is to answer with each of some texts, where its provider tells (<see cref="ProviderRow.GivesLikelihoods"/>).</summary>
/// <param name="route">Likelihoods that are compared must come from one model: give no fallbacks.</param>
public sealed class LikelihoodClient(ModelRouter router, ModelRoute route)
{
    private RouteLog? log;

    /// <summary>Of the last call, also of one that failed; null before the first.</summary>
    public RouteReceipt? Receipt => log?.Receipt;

    /// <param name="texts">1 to 100, none of them empty.</param>
    /// <returns>The natural logarithm of the probability of each text, in their order.</returns>
    /// <exception cref="ProviderException">There is no answer.</exception>
    public async Task<IReadOnlyList<double>> AskAsync(
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        IReadOnlyList<string> texts,
        CancellationToken ct
    )
    {
        IReadOnlyList<double> found = [];
        var request = new ModelRequest(ModelRequest.Likelihoods, "data", Stream: false, target => Body(target, messages, options, texts))
        {
            Read = (target, whole) => found = Read(target, whole, texts.Count),
        };
        var call = router.NewCall(route, request);
        log = call.Log;
        await using var answer = await router.SendAsync(call, ct);
        return found;
    }

    private static byte[] Body(
        ModelTarget target,
        IReadOnlyCollection<ChatMessage> messages,
        ChatOptions? options,
        IReadOnlyList<string> texts
    )
    {
        var asked = new ChatOptions { Instructions = options?.Instructions };
        var body = OpenAiRequest.Chat(target, messages, asked, stream: false);
        body[OpenAiLikelihoodFields.Field] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
        return OpenAiProtocol.Bytes(body);
    }

    private static double[] Read(ModelTarget target, ReadOnlyMemory<byte> whole, int count)
    {
        using var json = OpenAiAnswer.Parse(target, whole);
        if (
            !json.RootElement.TryGetProperty("data", out var data)
            || data.ValueKind != JsonValueKind.Array
            || data.GetArrayLength() != count
        )
        {
            throw ProviderErrors.BadAnswer(target, $"answered without {count} likelihoods in it.");
        }

        return
        [
            .. data.EnumerateArray()
                .Select(item =>
                    item.ValueKind == JsonValueKind.Object
                    && item.TryGetProperty("logprob", out var number)
                    && number.TryGetDouble(out var value)
                        ? value
                        : throw ProviderErrors.BadAnswer(target, "sent no likelihood for one of the texts.")
                ),
        ];
    }
}
