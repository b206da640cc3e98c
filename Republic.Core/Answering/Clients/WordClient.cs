using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Republic.Core.Answering.Stages;
using Republic.Core.Llama.Files;

namespace Republic.Core.Answering.Clients;

/// <summary>
/// Holds an answer of a small model back until it is whole. One with made-up words is drawn once more, the likeliest token each time, or a
/// little more freely where that was done already; where the second has some too, the answer is that there is none.
/// </summary>
internal sealed class WordClient(IChatClient inner, AnswerContext context, ModelWords words) : DelegatingChatClient(inner)
{
    private const float ALittle = 0.3f;
    private const string Lost =
        "I lost my words there, and would only have said nonsense. I am a very small model: please ask it in other words, or give me a larger model.";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var turns = WithoutQuotes([.. messages]);
        var first = await base.GetResponseAsync(turns, options, cancellationToken);
        if (MadeUp(first.Text, turns, options) is not { Count: > 0 } madeUp)
        {
            return first;
        }

        var second = await base.GetResponseAsync(turns, Otherwise(options), cancellationToken);
        if (!IsLost(madeUp, second.Text, turns, options))
        {
            return second;
        }

        second.Messages = [new ChatMessage(ChatRole.Assistant, Lost)];
        return second;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var turns = WithoutQuotes([.. messages]);
        var updates = await base.GetStreamingResponseAsync(turns, options, cancellationToken).ToListAsync(cancellationToken);
        if (MadeUp(Text(updates), turns, options) is { Count: > 0 } madeUp)
        {
            updates = await base.GetStreamingResponseAsync(turns, Otherwise(options), cancellationToken).ToListAsync(cancellationToken);
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

    /// <summary>Less the questions that were answered by sentences of documents: the model was taught on chats without, and loses its words behind them.</summary>
    private static List<ChatMessage> WithoutQuotes(List<ChatMessage> turns) =>
        [.. turns.Where((turn, i) => !IsQuote(turn) && !(i + 1 < turns.Count && turn.Role == ChatRole.User && IsQuote(turns[i + 1])))];

    private static bool IsQuote(ChatMessage turn) => turn.Role == ChatRole.Assistant && Quotes.Is(turn.Text);

    private static string Text(IEnumerable<ChatResponseUpdate> updates) => string.Concat(updates.Select(update => update.Text));

    private static ChatOptions Otherwise(ChatOptions? options)
    {
        var other = options?.Clone() ?? new ChatOptions();
        other.Temperature = options?.Temperature > 0 ? 0 : ALittle;
        return other;
    }

    private IReadOnlyList<string> MadeUp(string answer, IEnumerable<ChatMessage> turns, ChatOptions? options) =>
        words.MadeUp(answer, [options?.Instructions ?? "", .. turns.Select(turn => turn.Text)]);

    /// <summary>The second answer has made-up words too; the trace tells what became of the first.</summary>
    private bool IsLost(IReadOnlyList<string> first, string second, IEnumerable<ChatMessage> turns, ChatOptions? options)
    {
        var isLost = MadeUp(second, turns, options).Count > 0;
        context.Redrawn =
            $"The first answer had made-up words ({string.Join(", ", first.Take(3).Select(word => $"“{word}”"))}) and was drawn again"
            + (isLost ? "; so had the second, and neither is shown." : ".");
        return isLost;
    }
}
