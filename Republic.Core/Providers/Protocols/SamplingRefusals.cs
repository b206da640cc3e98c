using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Protocols;

/// <summary>
/// Newer models refuse temperature and its kin, and no list tells which. A model's first refusal teaches it: the call is made again
/// without them, and so are all later ones. What is merely out of range stays the caller's mistake.
/// </summary>
internal sealed class SamplingRefusals
{
    private const int MostRemembered = 1000;

    private static readonly string[] Settings = ["temperature", "top_p", "top_k"];

    private static readonly string[] Refusals = ["support", "deprecated", "cannot both"];

    private readonly ConcurrentDictionary<(string Provider, string Model, Uri? BaseUrl), bool> known = new();

    public async Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        ReadOnlyMemory<byte> body,
        Func<ReadOnlyMemory<byte>, Task<HttpResponseMessage>> send
    )
    {
        var model = (target.Provider.Name, target.ModelId, target.BaseUrl);
        if (!known.IsEmpty && known.ContainsKey(model))
        {
            return await send(Without(body) ?? body);
        }

        try
        {
            return await send(body);
        }
        catch (ProviderException e) when (e.StatusCode == 400 && IsRefusal(e.Message))
        {
            if (Without(body) is not { } bare)
            {
                throw;
            }

            var answer = await send(bare);
            if (known.Count < MostRemembered)
            {
                known[model] = true;
            }

            return answer;
        }
    }

    private static bool IsRefusal(string message) =>
        Array.Exists(Settings, name => message.Contains(name, StringComparison.Ordinal))
        && Array.Exists(Refusals, word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Null where there is nothing to take out.
    private static ReadOnlyMemory<byte>? Without(ReadOnlyMemory<byte> body)
    {
        var request = JsonNode.Parse(body.Span)!.AsObject();
        // Each is taken out, not only the first.
        var taken = Settings.Count(request.Remove);
        return taken == 0 ? null : OpenAiProtocol.Bytes(request);
    }
}
