using Microsoft.Extensions.AI;
using Republic.Core.Answering.Clients;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// The model of a minion as an outside client asks it: the request goes on, and the answer comes back, as the bytes they are. The messages
/// that it is given are those of the request already.
/// </summary>
internal sealed class OpenAiRelayClient(OpenAiRelay relay, OpenAiQuestion question, ModelRoute route) : IChatClient
{
    /// <summary>Whether the relayed answer came to its end; null while the model was not asked.</summary>
    public bool? IsComplete { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        IsComplete = await relay.ChatAsync(question, route, raw: false, options?.Grounded());
        return new ChatResponse();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("The relay streams to the outside client itself.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() { }
}
