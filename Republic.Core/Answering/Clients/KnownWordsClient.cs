using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Clients;

/// <summary>
/// Holds an answer of a small model back until it is whole. One with made-up words is drawn once more, from the last message alone, behind
/// which the model loses its words less often; where the second has some too, the answer is that there is none.
/// </summary>
internal sealed class KnownWordsClient(IChatClient inner, AnswerContext context, ModelWords words) : DelegatingChatClient(inner)
{
    private const float ALittle = 0.3f;
    private const int LongestWord = 30;
    private const string Lost =
        "I lost my words there, and would only have said nonsense. I am a very small model: please ask it in other words, or give me a larger model.";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var turns = Readable([.. messages]);
        var first = await base.GetResponseAsync(turns, options, cancellationToken);
        if (MadeUp(first.Text, turns, options) is not { Count: > 0 } madeUp)
        {
            return first;
        }

        var second = await base.GetResponseAsync([turns[^1]], Again(turns, options), cancellationToken);
        if (IsLost(madeUp, second.Text, turns, options))
        {
            second.Messages = [new ChatMessage(ChatRole.Assistant, Lost)];
        }

        return second;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var turns = Readable([.. messages]);
        var updates = await base.GetStreamingResponseAsync(turns, options, cancellationToken).ToListAsync(cancellationToken);
        if (MadeUp(Text(updates), turns, options) is { Count: > 0 } madeUp)
        {
            updates = await base.GetStreamingResponseAsync([turns[^1]], Again(turns, options), cancellationToken)
                .ToListAsync(cancellationToken);
            if (IsLost(madeUp, Text(updates), turns, options))
            {
                updates = [new ChatResponseUpdate(ChatRole.Assistant, Lost), .. updates.Where(update => update.Text.Length == 0)];
            }
        }

        foreach (var update in updates)
        {
            yield return update;
        }
    }

    /// <summary>
    /// The turns without the questions that no model answered, but sentences of documents or the notice that there is no answer: behind texts
    /// that are unlike those it learned from, the model loses its words.
    /// </summary>
    private static List<ChatMessage> Readable(List<ChatMessage> turns) =>
        [.. turns.Where((turn, i) => !IsUnread(turn) && !(i + 1 < turns.Count && turn.Role == ChatRole.User && IsUnread(turns[i + 1])))];

    private static bool IsUnread(ChatMessage turn) => turn.Role == ChatRole.Assistant && (turn.Text == Lost || Quotes.Is(turn.Text));

    private static string Text(IEnumerable<ChatResponseUpdate> updates) => string.Concat(updates.Select(update => update.Text));

    /// <summary>The likeliest token each time, but where the same prompt had just that.</summary>
    private static ChatOptions Again(List<ChatMessage> turns, ChatOptions? options)
    {
        var other = options?.Clone() ?? new ChatOptions();
        other.Temperature = turns.Count > 1 || options?.Temperature > 0 ? 0 : ALittle;
        return other;
    }

    private IReadOnlyList<string> MadeUp(string answer, IEnumerable<ChatMessage> turns, ChatOptions? options) =>
        words.MadeUp(answer, [options?.Instructions ?? "", .. turns.Select(turn => turn.Text)]);

    /// <summary>The second answer has made-up words too; the trace tells what became of the first.</summary>
    private bool IsLost(IReadOnlyList<string> first, string second, IEnumerable<ChatMessage> turns, ChatOptions? options)
    {
        var isLost = MadeUp(second, turns, options).Count > 0;
        context.Redrawn =
            $"The first answer had made-up words ({string.Join(", ", first.Take(3).Select(word => $"“{Shortened(word)}”"))}) and was drawn again"
            + (isLost ? "; so had the second, and neither is shown." : ".");
        return isLost;
    }

    private static string Shortened(string word) => word.Length > LongestWord ? $"{word[..LongestWord]}…" : word;
}
