using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Republic.Tests.World;

/// <summary>A model that says words and asks for calls as the test says, and keeps what it was asked.</summary>
internal sealed class ToolModel(Func<int, PlayedTurn> turn) : IChatClient
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)> Asked { get; } = [];

    /// <summary>The results that it was given last, as text.</summary>
    public IReadOnlyList<string> Results =>
        [
            .. Asked[^1]
                .Messages.SelectMany(message => message.Contents)
                .OfType<FunctionResultContent>()
                .Select(result => (string)result.Result!),
        ];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Asked.Add(([.. messages], options!));
        var played = turn(Asked.Count);
        List<AIContent> contents = played.Text.Length > 0 ? [new TextContent(played.Text)] : [];
        contents.AddRange(
            played.Calls.Select(call => FunctionCallContent.CreateFromParsedArguments(call.Arguments, call.Id, call.Name, Parse))
        );
        return Task.FromResult(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
            {
                ModelId = "scripted",
                FinishReason = played.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
                Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3 },
            }
        );
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    private static Dictionary<string, object?>? Parse(string arguments) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments);
}
