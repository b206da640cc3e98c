using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Feeds;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions.Access;

namespace Republic.Core.Chats.Answers;

/// <summary>
/// Ends answers whose writer is gone: the process was killed, or its machine. Every node sweeps; the first one that sees it does it. What a node
/// writes itself is never gone, however long the database was away.
/// </summary>
internal sealed class AnswerSweep(
    IDbContextFactory<RepublicDb> databases,
    ChatTurns turns,
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
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (silence, running) = (settings.Value.Silence, turns.Running);
        var closed = await db.CloseAnswersAsync(
            db.Messages.BeingWritten().Where(m => m.UpdatedAt < RepublicDb.Now() - silence && !running.Contains(m.Id)),
            TurnState.Interrupted,
            Cause,
            ct
        );
        var answers = await db
            .Messages.Where(m => closed.Contains(m.Id))
            .Join(
                db.Conversations,
                m => m.ConversationId,
                c => c.Id,
                (m, c) =>
                    new
                    {
                        m.Id,
                        m.ConversationId,
                        m.AuthorId,
                        c.OwnerId,
                    }
            )
            .ToListAsync(ct);
        foreach (var answer in answers)
        {
            await MinionStatistics.CountAsync(db, answer.AuthorId, provider: null, succeeded: false, ct);
        }

        await transaction.CommitAsync(ct);
        foreach (var answer in answers)
        {
            live.Publish(answer.OwnerId, ChatEvents.Of(ChatEvents.Done, answer.ConversationId, answer.Id));
        }

        return answers.Count;
    }
}
