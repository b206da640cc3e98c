using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>Chat with whoever on a route answers. One call at a time; it holds no connection of its own.</summary>
public sealed class RoutedChatClient(ModelRouter router, ModelRoute route) : IChatClient
{
    private readonly List<RouteLog> logs = [];

    /// <summary>The receipt of the calls so far, also of one that failed; null before the first. A question that was too long is asked again.</summary>
    public RouteReceipt? Receipt =>
        logs.Count == 0 ? null : logs[^1].Receipt with { Attempts = [.. logs.SelectMany(log => log.Receipt.Attempts)] };

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        await using var answer = await SendAsync(messages, options, stream: false, cancellationToken);
        using var json = OpenAiAnswer.Parse(answer.Target, answer.Whole);
        return Whole(answer.Target, json.RootElement);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await using var answer = await SendAsync(messages, options, stream: true, cancellationToken);
        if (!answer.IsStream)
        {
            using var json = OpenAiAnswer.Parse(answer.Target, answer.Whole);
            foreach (var update in Whole(answer.Target, json.RootElement).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        var calls = new OpenAiToolCalls();
        ReadOnlyMemory<byte> lines;
        while (!(lines = await answer.NextAsync(cancellationToken)).IsEmpty)
        {
            foreach (var payload in SseLines.Payloads(lines))
            {
                using var json = OpenAiAnswer.Parse(answer.Target, payload);
                yield return Piece(answer.Target, json.RootElement, calls);
            }
        }

        if (Complete(answer.Target, calls.Take(), reason: null) is { Count: > 0 } left)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. left]);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        var first = route.First;
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) && first is not null
                ? new ChatClientMetadata(first.Provider.Name, first.BaseUrl, first.ModelId)
            : null;
    }

    public void Dispose() { }

    /// <summary>What is sent for these messages, to whichever model comes to be asked.</summary>
    internal static ModelRequest Request(IReadOnlyCollection<ChatMessage> messages, ChatOptions? options, bool stream) =>
        new(
            ModelRequest.Completions,
            "choices",
            stream,
            target => OpenAiProtocol.Bytes(OpenAiRequest.Chat(target, messages, options, stream))
        )
        {
            Needs = Needs(options),
        };

    private static RequestNeeds Needs(ChatOptions? options) =>
        (options?.Tools is { Count: > 0 } ? RequestNeeds.Tools : RequestNeeds.None)
        | (options?.ResponseFormat is ChatResponseFormatJson ? RequestNeeds.Format : RequestNeeds.None);

    private Task<RoutedAnswer> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken ct)
    {
        var said = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var asked = route with
        {
            PromptTokens = PromptSize.Tokens(said, options?.Instructions),
            // A shorter question is another one, and has a key of its own.
            IdempotencyKey = logs.Count == 0 ? options?.IdempotencyKey() : null,
        };
        var call = router.NewCall(asked, Request(said, options, stream));
        logs.Add(call.Log);
        return router.SendAsync(call, ct);
    }

    private static ChatResponse Whole(ModelTarget target, JsonElement root)
    {
        if (OpenAiAnswer.Choice(root) is not { } choice)
        {
            throw ProviderErrors.BadAnswer(target, "answered without an answer in it.");
        }

        var (contents, reason) = (OpenAiAnswer.Contents(choice, "message"), OpenAiAnswer.FinishReason(choice));
        Complete(target, [.. contents.OfType<FunctionCallContent>()], reason ?? ChatFinishReason.Stop);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = OpenAiAnswer.Member(root, "id"),
            ModelId = OpenAiAnswer.Member(root, "model") ?? target.ModelId,
            FinishReason = reason,
            Usage = OpenAiAnswer.Usage(root),
        };
    }

    /// <summary>
    /// The calls of an answer that is over. A model that ends a call and writes no JSON made a mistake, which its caller can tell it; one that
    /// was cut off in the middle of a call made none.
    /// </summary>
    private static IReadOnlyList<FunctionCallContent> Complete(
        ModelTarget target,
        IReadOnlyList<FunctionCallContent> calls,
        ChatFinishReason? reason
    ) =>
        (reason is null || reason == ChatFinishReason.Length) && calls.FirstOrDefault(call => call.Exception is not null) is { } half
            ? throw ProviderErrors.HalfACall(target, half.Name, isTooLong: reason is not null)
            : calls;

    private static ChatResponseUpdate Piece(ModelTarget target, JsonElement root, OpenAiToolCalls calls)
    {
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = OpenAiAnswer.Member(root, "id"),
            ModelId = OpenAiAnswer.Member(root, "model") ?? target.ModelId,
        };
        if (OpenAiAnswer.Choice(root) is { } choice)
        {
            update.Contents = OpenAiAnswer.Contents(choice, "delta");
            update.FinishReason = OpenAiAnswer.FinishReason(choice);
            calls.Add(choice);
            // A call comes in pieces, and is one when the answer says why it ends.
            foreach (var call in update.FinishReason is { } reason ? Complete(target, calls.Take(), reason) : [])
            {
                update.Contents.Add(call);
            }
        }

        if (OpenAiAnswer.Usage(root) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return update;
    }
}
