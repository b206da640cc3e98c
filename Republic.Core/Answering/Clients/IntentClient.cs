using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Intents;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Clients;

/// <summary>
/// Holds an answer of a small model back until it is whole, and lets it pass where it belongs to what was asked; else the model is asked what
/// it learned (<see cref="MessageReading"/>).
/// </summary>
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
        var reading = await ReadAsync(turns, cancellationToken);
        var (asked, answer) = (reading?.Before, (ChatResponse?)null);
        if (asked is null)
        {
            answer = await base.GetResponseAsync(turns, options, cancellationToken);
            asked = reading?.After(intents.IntentOf(answer.Text));
        }

        foreach (var (learned, character) in Tries(asked, options))
        {
            answer = await base.GetResponseAsync(Instead(turns, asked!, learned), character, cancellationToken);
            if (intents.IntentOf(answer.Text) == asked!.Intent)
            {
                break;
            }
        }

        return answer!;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> turns = [.. messages];
        var reading = await ReadAsync(turns, cancellationToken);
        var (asked, updates) = (reading?.Before, new List<ChatResponseUpdate>());
        if (asked is null)
        {
            updates = await StreamedAsync(turns, options, cancellationToken);
            asked = reading?.After(IntentOf(updates));
        }

        foreach (var (learned, character) in Tries(asked, options))
        {
            updates = await StreamedAsync(Instead(turns, asked!, learned), character, cancellationToken);
            if (IntentOf(updates) == asked!.Intent)
            {
                break;
            }
        }

        foreach (var update in updates)
        {
            yield return update;
        }
    }

    private ValueTask<List<ChatResponseUpdate>> StreamedAsync(List<ChatMessage> turns, ChatOptions? options, CancellationToken ct) =>
        base.GetStreamingResponseAsync(turns, options, ct).ToListAsync(ct);

    private string? IntentOf(List<ChatResponseUpdate> updates) => intents.IntentOf(string.Concat(updates.Select(update => update.Text)));

    private async Task<MessageReading?> ReadAsync(List<ChatMessage> turns, CancellationToken ct) =>
        turns[^1].Role == ChatRole.User
            ? await reader.ReadAsync(intents, context.Call.Minion.OwnerId, turns[^1].Text, context.Call.Minion.Citizen.DisplayName, ct)
            : null;

    /// <summary>
    /// What the model may be asked, until its answer is the one that it learned. Behind a character that is unlike those it learned from it
    /// loses its way, and finds it with the name alone.
    /// </summary>
    private IEnumerable<(string Learned, ChatOptions? Options)> Tries(IntentMatch? asked, ChatOptions? options)
    {
        var plain = options?.Clone() ?? new ChatOptions();
        plain.Instructions = $"You are {context.Call.Minion.Citizen.DisplayName}.";
        return asked is null
            ? []
            : asked.Learned.Select(learned => (learned, options)).Concat(asked.Learned.Select(learned => (learned, (ChatOptions?)plain)));
    }

    private List<ChatMessage> Instead(List<ChatMessage> turns, IntentMatch asked, string learned)
    {
        context.Read = $"The built-in model was asked what it learned and is nearest: “{learned}”.";
        var question = new ChatMessage(ChatRole.User, learned);
        return MessageReading.NeedsHistory(asked) ? [.. turns.SkipLast(1), question] : [question];
    }
}
