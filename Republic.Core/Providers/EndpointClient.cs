using System.Collections.Frozen;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>Asks one endpoint, in its protocol and over its transport. Upstream trouble is a <see cref="ProviderException"/>.</summary>
internal sealed class EndpointClient(ModelTransports transports, IEnumerable<IModelProtocol> protocols)
{
    private readonly FrozenDictionary<string, IModelProtocol> byName = protocols.ToFrozenDictionary(protocol => protocol.Name);

    /// <param name="body">The body of the request as it is meant for this endpoint, UTF-8.</param>
    /// <returns>The answer, once it is whole or the first word of its stream is there.</returns>
    public async Task<RoutedAnswer> SendAsync(ModelTarget target, ModelRequest request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var upstream = transports.For(target.Provider);
        var answer = await Protocol(target).SendAsync(target, upstream, request.Path, body, request.Stream, ct);
        try
        {
            // A server that cannot stream answers whole, and one that is no model server with a page.
            if (!request.Stream || answer.Content.Headers.ContentType?.MediaType is "application/json" or "text/html")
            {
                using (answer)
                {
                    var whole = await OpenAiWholeAnswer.ReadAsync(target, answer, request.Member, ct);
                    request.Read?.Invoke(target, whole);
                    return RoutedAnswer.Of(target, whole);
                }
            }

            var frames = new AnswerFrames(answer, await answer.Content.ReadAsStreamAsync(ct), target, upstream.Limits.MaxLineBytes);
            await frames.BeginAsync(ct);
            return RoutedAnswer.Of(target, frames);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The models of an endpoint; the person's own first, where they have any there.</summary>
    public async Task<IReadOnlyList<ListedModel>> ListModelsAsync(ModelTarget target, CancellationToken ct)
    {
        var listed = await Protocol(target).ListModelsAsync(target, transports.For(target.Provider), ct);
        return target.Provider.Transport == ProviderTransport.ModelHost
            ? [.. target.OwnModels.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(name => new ListedModel(name)), .. listed]
            : listed;
    }

    private IModelProtocol Protocol(ModelTarget target) =>
        byName.TryGetValue(target.Provider.Protocol, out var protocol)
            ? protocol
            : throw new InvalidOperationException($"catalog.json names the protocol “{target.Provider.Protocol}”, which no class speaks.");
}
