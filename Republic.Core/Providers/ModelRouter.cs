using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols;

namespace Republic.Core.Providers;

/// <summary>
/// The one door to every model. Upstream trouble is a <see cref="ProviderException"/>; a caller's cancellation is an
/// <see cref="OperationCanceledException"/> and also ends the call upstream.
/// </summary>
public sealed class ModelRouter(ModelTransports transports, IEnumerable<IModelProtocol> protocols, TimeProvider time)
{
    private readonly FrozenDictionary<string, IModelProtocol> byName = protocols.ToFrozenDictionary(protocol => protocol.Name);

    public IChatClient ChatClient(ModelTarget target) => Protocol(target).ChatClient(target, transports.For(target.Provider));

    /// <summary>A real completion of one token: nothing less proves key, model and address together.</summary>
    public async Task<ConnectionTest> TestAsync(ModelTarget target, CancellationToken ct)
    {
        using var client = ChatClient(target);
        var started = time.GetTimestamp();
        try
        {
            var answer = await client.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 1 }, ct);
            return new ConnectionTest(true, Elapsed(), answer.ModelId ?? target.ModelId, null);
        }
        catch (ProviderException e)
        {
            return new ConnectionTest(false, Elapsed(), target.ModelId, e.Message);
        }

        long Elapsed() => (long)Math.Ceiling(time.GetElapsedTime(started).TotalMilliseconds);
    }

    public Task<IReadOnlyList<string>> ListModelsAsync(ModelTarget target, CancellationToken ct) =>
        Protocol(target).ListModelsAsync(target, transports.For(target.Provider), ct);

    /// <summary>Raw pass-through in OpenAI's format: a successful answer with its headers read and its body not. Dispose it.</summary>
    public Task<HttpResponseMessage> SendAsync(ModelTarget target, string path, JsonObject body, CancellationToken ct) =>
        SendAsync(target, path, OpenAiProtocol.Bytes(body), body["stream"]?.GetValueKind() == JsonValueKind.True, ct);

    /// <summary>The same with a body that is written already: JSON as UTF-8.</summary>
    public Task<HttpResponseMessage> SendAsync(
        ModelTarget target,
        string path,
        ReadOnlyMemory<byte> body,
        bool stream,
        CancellationToken ct
    ) => Protocol(target).SendAsync(target, transports.For(target.Provider), path, body, stream, ct);

    private IModelProtocol Protocol(ModelTarget target) =>
        byName.TryGetValue(target.Provider.Protocol, out var protocol)
            ? protocol
            : throw new InvalidOperationException($"catalog.json names the protocol “{target.Provider.Protocol}”, which no class speaks.");
}
