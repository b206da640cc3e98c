using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Chats.Feeds;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Chats.Answers;

/// <summary>Ends answers whose writer is gone: the process was killed, or its machine. Every node sweeps; the first one that sees it does it.</summary>
internal sealed class AnswerSweep(
    IDbContextFactory<RepublicDb> databases,
    LiveEvents live,
    IOptions<ChatSettings> settings,
    TimeProvider time,
    ILogger<AnswerSweep> log
) : Sweep(settings.Value.SweepEvery, "The sweep for answers without a writer will be tried again", time, log)
{
    private const string Cause = "The process that wrote this went away. What came is kept; answer again for the whole.";

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var swept = await db
            .Database.SqlQuery<Swept>(
                $"""
                update messages m set state = 'Interrupted', error = {Cause}, updated_at = clock_timestamp()
                from conversations c
                where c.id = m.conversation_id and m.state in ('Pending', 'Streaming')
                  and m.updated_at < clock_timestamp() - {settings.Value.Silence}
                returning m.id as "Id", m.conversation_id as "ConversationId", c.owner_id as "OwnerId"
                """
            )
            .ToListAsync(ct);
        foreach (var answer in swept)
        {
            live.Publish(answer.OwnerId, ChatEvents.Of(ChatEvents.Done, answer.ConversationId, answer.Id));
        }

        return swept.Count;
    }

    private sealed record Swept(Guid Id, Guid ConversationId, Guid OwnerId);
}
