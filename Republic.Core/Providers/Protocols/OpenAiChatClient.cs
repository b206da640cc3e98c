using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Republic.Core.Providers.Protocols;

/// <summary>Chat over the chat-completions format. Holds no connection of its own: disposing it disposes nothing shared.</summary>
internal sealed class OpenAiChatClient(ModelTarget target, UpstreamCall upstream) : IChatClient
{
    private const string Path = "/chat/completions";

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var body = OpenAiProtocol.Bytes(OpenAiRequest.Chat(target, messages, options, stream: false));
        using var answer = await upstream.SendAsync(target, Path, body, whole: true, cancellationToken);
        using var json = OpenAiAnswer.Parse(target, await OpenAiProtocol.ReadWholeAsync(target, answer, cancellationToken));
        return Whole(json.RootElement);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var body = OpenAiProtocol.Bytes(OpenAiRequest.Chat(target, messages, options, stream: true));
        using var answer = await upstream.SendAsync(target, Path, body, whole: false, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "text/html")
        {
            // A server that cannot stream answers whole, and one that is no model server with a page.
            using var json = OpenAiAnswer.Parse(target, await OpenAiProtocol.ReadWholeAsync(target, answer, cancellationToken));
            foreach (var update in Whole(json.RootElement).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        var finished = false;
        var anything = false;
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var frame in SseLines.ReadAsync(stream, target, upstream.Limits.MaxLineBytes, cancellationToken))
        {
            if (frame.Span.SequenceEqual("[DONE]"u8))
            {
                finished = true;
                break;
            }

            anything = true;
            using var json = OpenAiAnswer.Parse(target, frame);
            var update = Piece(json.RootElement);
            finished |= update.FinishReason is not null;
            yield return update;
        }

        if (!finished)
        {
            throw anything ? ProviderErrors.Interrupted(target) : ProviderErrors.BadAnswer(target, "sent an empty answer.");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(target.Provider.Name, target.BaseUrl, target.ModelId)
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose() { }

    private ChatResponse Whole(JsonElement root)
    {
        ThrowIfError(root);
        if (OpenAiAnswer.Choice(root) is not { } choice)
        {
            throw ProviderErrors.BadAnswer(target, "answered without an answer in it.");
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, OpenAiAnswer.Contents(choice, "message")))
        {
            ResponseId = OpenAiAnswer.Member(root, "id"),
            ModelId = OpenAiAnswer.Member(root, "model") ?? target.ModelId,
            FinishReason = OpenAiAnswer.FinishReason(choice),
            Usage = OpenAiAnswer.Usage(root),
        };
    }

    private ChatResponseUpdate Piece(JsonElement root)
    {
        ThrowIfError(root);
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
        }

        if (OpenAiAnswer.Usage(root) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        return update;
    }

    private void ThrowIfError(JsonElement root)
    {
        if (OpenAiAnswer.IsError(root))
        {
            throw ProviderErrors.FromAnswer(target, JsonSerializer.SerializeToUtf8Bytes(root));
        }
    }
}
