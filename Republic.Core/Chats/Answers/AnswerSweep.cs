using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Chats.Feeds;
using Republic.Core.Events;

namespace Republic.Core.Chats.Answers;

/// <summary>Ends answers whose writer is gone: the process was killed, or its machine. Every node sweeps; the first one that sees it does it.</summary>
internal sealed class AnswerSweep(
    AnswerStore store,
    LiveEvents live,
    IOptions<ChatSettings> settings,
    TimeProvider time,
    ILogger<AnswerSweep> log
) : Sweep(settings.Value.SweepEvery, "The sweep for answers without a writer will be tried again", time, log)
{
    private const string Cause = "The process that wrote this went away. What came is kept; answer again for the whole.";

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var swept = await store.InterruptAbandonedAsync(Cause, ct);
        foreach (var answer in swept)
        {
            live.Publish(answer.OwnerId, ChatEvents.Of(ChatEvents.Done, answer.ConversationId, answer.Id));
        }

        return swept.Count;
    }
}
