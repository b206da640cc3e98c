using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Intents;

namespace Republic.Core.Answering.Clients;

/// <summary>Lets an answer of a small model pass where it belongs to what was asked, and else asks it what it learned (<see cref="MessageReading"/>).</summary>
internal sealed class IntentClient(IChatClient inner, AnswerContext context, ModelIntents intents, IntentReader reader)
    : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> turns = [.. messages];
        if (await ReadAsync(turns, cancellationToken) is not { } reading)
        {
            return await base.GetResponseAsync(turns, options, cancellationToken);
        }

        if (reading.Before is { } asked)
        {
            return await base.GetResponseAsync(Instead(turns, asked), options, cancellationToken);
        }

        var first = await base.GetResponseAsync(turns, options, cancellationToken);
        return reading.After(intents.IntentOf(first.Text)) is { } again
            ? await base.GetResponseAsync(Instead(turns, again), options, cancellationToken)
            : first;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> turns = [.. messages];
        var reading = await ReadAsync(turns, cancellationToken);
        var asked = reading?.Before;
        List<ChatResponseUpdate> updates = [];
        if (asked is null)
        {
            updates = await base.GetStreamingResponseAsync(turns, options, cancellationToken).ToListAsync(cancellationToken);
            asked = reading?.After(intents.IntentOf(string.Concat(updates.Select(update => update.Text))));
        }

        var shown = asked is null
            ? updates.ToAsyncEnumerable()
            : base.GetStreamingResponseAsync(Instead(turns, asked), options, cancellationToken);
        await foreach (var update in shown.WithCancellation(cancellationToken))
        {
            yield return update;
        }
    }

    private async Task<MessageReading?> ReadAsync(List<ChatMessage> turns, CancellationToken ct) =>
        turns[^1].Role == ChatRole.User
            ? await reader.ReadAsync(intents, context.Call.Minion.OwnerId, turns[^1].Text, context.Call.Minion.Citizen.DisplayName, ct)
            : null;

    private List<ChatMessage> Instead(List<ChatMessage> turns, IntentMatch asked)
    {
        context.Read = $"The built-in model was asked what it learned and is nearest: “{asked.Learned}”.";
        var question = new ChatMessage(ChatRole.User, asked.Learned);
        return MessageReading.NeedsHistory(asked) ? [.. turns.SkipLast(1), question] : [question];
    }
}
