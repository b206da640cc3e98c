using System.Runtime.CompilerServices;
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
        var keyed = await BeginAsync(options, cancellationToken);
        var answer = await base.GetResponseAsync(messages, keyed, cancellationToken);
        await EndAsync(answer, cancellationToken);
        return answer;
    }

    /// <summary>An answer that broke off, or that was not read to its end, is none: it keeps nothing.</summary>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var keyed = await BeginAsync(options, cancellationToken);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in base.GetStreamingResponseAsync(messages, keyed, cancellationToken))
        {
            updates.Add(update);
            yield return update;
        }

        await EndAsync(updates.ToChatResponse(), cancellationToken);
    }

    private async Task<ChatOptions> BeginAsync(ChatOptions? options, CancellationToken ct)
    {
        var keyed = options?.Clone() ?? new ChatOptions();
        keyed.SetIdempotencyKey(await journal.BeginAsync(ct));
        return keyed;
    }

    private Task EndAsync(ChatResponse answer, CancellationToken ct) =>
        journal.EndAsync(answer, this.GetRequiredService<ReceiptClient>().Receipt(AnswerEnd.Complete), ct);
}
