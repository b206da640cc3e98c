using Microsoft.Extensions.AI;
using Republic.Core.Providers;

namespace Republic.Core.Answering.Clients;

/// <summary>Writes a call into a journal before it is made, and its answer afterwards.</summary>
internal sealed class JournalClient(IChatClient inner, ICallJournal journal) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var keyed = options?.Clone() ?? new ChatOptions();
        keyed.SetIdempotencyKey(await journal.BeginAsync(cancellationToken));
        var answer = await base.GetResponseAsync(messages, keyed, cancellationToken);
        await journal.EndAsync(answer, this.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete), cancellationToken);
        return answer;
    }

    /// <summary>Refused: the row of a streamed answer, which grows, is its own journal.</summary>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("A call with a journal is answered in one piece.");
}
