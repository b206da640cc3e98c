using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Clients;

/// <summary>A stage of an answer: does its part, and leaves the rest to the next client unless the answer is settled.</summary>
internal abstract class StageClient(IChatClient inner, AnswerContext context) : DelegatingChatClient(inner)
{
    protected AnswerContext Context => context;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        IReadOnlyList<ChatMessage> turns = [.. messages];
        if (await RunAsync(context.Order(turns, options), cancellationToken) is not { } text)
        {
            return await NextAsync(turns, options, cancellationToken);
        }

        context.CountSettled();
        return Settled(text);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        IReadOnlyList<ChatMessage> turns = [.. messages];
        var text = await RunAsync(context.Order(turns, options), cancellationToken);
        if (context.Trace is { } trace)
        {
            yield return new ChatResponseUpdate { Contents = [new StageContent(trace)] };
        }

        if (text is not null)
        {
            context.CountSettled();
            yield return Settled(text).ToChatResponseUpdates()[0];
            yield break;
        }

        await foreach (var update in NextStreamAsync(turns, options, cancellationToken))
        {
            yield return update;
        }
    }

    /// <returns>The whole answer where this stage settles it; null where the next client is to answer.</returns>
    protected abstract Task<string?> RunAsync(PipelineOrder order, CancellationToken ct);

    protected virtual Task<ChatResponse> NextAsync(IReadOnlyList<ChatMessage> turns, ChatOptions? options, CancellationToken ct) =>
        InnerClient.GetResponseAsync(turns, options, ct);

    protected virtual IAsyncEnumerable<ChatResponseUpdate> NextStreamAsync(
        IReadOnlyList<ChatMessage> turns,
        ChatOptions? options,
        CancellationToken ct
    ) => InnerClient.GetStreamingResponseAsync(turns, options, ct);

    protected static ChatResponse Settled(string text) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
}
