using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Intents;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Clients;

/// <summary>
/// Holds an answer of a small model back until it is whole, and lets it pass where it belongs to what was asked; else the model is asked what
/// it learned (<see cref="IntentDecision"/>).
/// </summary>
internal sealed class IntentClient(IChatClient inner, AnswerContext context, ModelIntents intents, IntentClassifier classifier)
    : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        AnswerAsync(
            [.. messages],
            options,
            (turns, settings) => base.GetResponseAsync(turns, settings, cancellationToken),
            answer => answer.Text,
            cancellationToken
        );

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var updates = await AnswerAsync(
            [.. messages],
            options,
            (turns, settings) => base.GetStreamingResponseAsync(turns, settings, cancellationToken).ToListAsync(cancellationToken).AsTask(),
            updates => string.Concat(updates.Select(update => update.Text)),
            cancellationToken
        );
        foreach (var update in updates)
        {
            yield return update;
        }
    }

    /// <param name="ask">Asks the model for a whole answer.</param>
    private async Task<T> AnswerAsync<T>(
        List<ChatMessage> turns,
        ChatOptions? options,
        Func<List<ChatMessage>, ChatOptions?, Task<T>> ask,
        Func<T, string> textOf,
        CancellationToken ct
    )
        where T : class
    {
        var decision = await DecideAsync(turns, ct);
        var (asked, answer) = (decision?.Before, (T?)null);
        if (asked is null)
        {
            answer = await ask(turns, options);
            asked = decision?.After(intents.IntentOf(textOf(answer)));
        }

        foreach (var (learned, character) in Tries(asked, options))
        {
            answer = await ask(Instead(turns, asked!, learned), character);
            if (intents.IntentOf(textOf(answer)) == asked!.Intent)
            {
                break;
            }
        }

        return answer!;
    }

    private async Task<IntentDecision?> DecideAsync(List<ChatMessage> turns, CancellationToken ct) =>
        turns[^1].Role == ChatRole.User
            ? await classifier.ClassifyAsync(
                intents,
                context.Call.Minion.OwnerId,
                turns[^1].Text,
                context.Call.Minion.Citizen.DisplayName,
                ct
            )
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
        return IntentDecision.NeedsHistory(asked) ? [.. turns.SkipLast(1), question] : [question];
    }
}
