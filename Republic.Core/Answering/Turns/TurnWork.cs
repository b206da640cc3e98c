using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Answering.Turns;

/// <summary>The work of a job whose subject is one turn, from its request to its end.</summary>
/// <param name="sinkOf">Makes the sink of a row.</param>
internal sealed class TurnWork<TTurn>(JobTurnWriter<TTurn> turns, IDbContextFactory<RepublicDb> databases, Func<TTurn, ITurnSink> sinkOf)
    : IJobWork
    where TTurn : Turn
{
    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (await FindAsync(run.Job.Subject, ct) is not { } turn)
        {
            return Failure.NotFound("turn");
        }

        var sink = sinkOf(turn);
        if (turn.State == TurnState.Streaming)
        {
            return Interruption(turn, sink);
        }

        return await turns.WriteAsync(run, turn.Id, sink, ct) is not { } written ? JobResult.Nothing
            : written.Receipt.End == AnswerEnd.Waiting ? Wait(turn, sink, written)
            : End(turn, sink, written);
    }

    private async Task<TTurn?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<TTurn>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
    }

    private JobResult End(TTurn turn, ITurnSink sink, WrittenTurn written) =>
        new(
            async (db, ct) =>
            {
                var receipt = await sink.EndAsync(db, written.Receipt, written.Text, ct);
                await db.EndTurnAsync<TTurn>(turn.Id, written.Text, receipt, ct);
            }
        )
        {
            Lock = sink.LockAsync,
            Saved = sink.Ended,
            Refused = _ => turns.KeepAsync(turn.Id, written),
        };

    /// <summary>The job is over, and the turn is not: another job goes on with it.</summary>
    private JobResult Wait(TTurn turn, ITurnSink sink, WrittenTurn written) =>
        new((db, ct) => db.WaitTurnAsync<TTurn>(turn.Id, written.Receipt, ct))
        {
            Lock = sink.LockAsync,
            Saved = sink.Waits,
            Refused = _ => turns.KeepAsync(turn.Id, written),
        };

    /// <summary>An earlier start asked the minion, and died: what it had saved is kept.</summary>
    private static JobResult Interruption(TTurn turn, ITurnSink sink) =>
        new(
            async (db, ct) =>
            {
                var text = turn.Content + await db.SavedTextAsync<TTurn>(turn.Id, ct);
                await sink.EndAsync(db, new AnswerReceipt(AnswerEnd.Interrupted, TurnCancellation.Interrupted), text, ct);
                await db.CloseTurnsAsync(
                    db.Set<TTurn>().Where(t => t.Id == turn.Id),
                    TurnState.Interrupted,
                    TurnCancellation.Interrupted,
                    ct
                );
            }
        )
        {
            Lock = sink.LockAsync,
            Saved = sink.Ended,
        };
}
