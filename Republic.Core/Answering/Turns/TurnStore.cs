using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Traces;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Answering.Turns;

/// <summary>
/// Every change of a turn's row while it is written and at its end. A turn has one writer, and each write names the states that it may
/// follow: a writer whose turn was stopped elsewhere, or taken for gone, finds out at its next save. What a job writes passes its fence too.
/// </summary>
public sealed class TurnStore<TTurn>(IDbContextFactory<RepublicDb> databases, JobFence fence, TimeProvider time)
    where TTurn : Turn
{
    /// <summary>Marks a turn as begun, before its minion is asked.</summary>
    /// <returns>The moment, as it is stored; null where the turn does not wait any more.</returns>
    public async Task<DateTimeOffset?> BeginAsync(JobRun run, Guid id, CancellationToken ct)
    {
        var (now, begun) = (time.GetUtcNow(), 0);
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        await fence.WriteAsync(
            run,
            async (db, end) =>
            {
                await JobFence.ForgiveAsync(db, run, end);
                begun = await db.Set<TTurn>()
                    .Where(t => t.Id == id && t.State == TurnState.Pending)
                    .ExecuteUpdateAsync(set => set.SetProperty(t => t.State, TurnState.Streaming).SetProperty(t => t.StartedAt, now), end);
            },
            ct
        );
        return begun == 1 ? now : null;
    }

    /// <summary>Saves what has come since the last time. A turn that is no longer to be written ends.</summary>
    /// <param name="run">The job that writes it; null where the row alone says who does.</param>
    public async Task GrowAsync(RunningTurn turn, JobRun? run, CancellationToken ct)
    {
        var (offset, added, trace) = (turn.SavedLength, turn.Text.After(turn.SavedLength), turn.Trace);
        var now = TurnState.Streaming;
        if (run is null)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            now = await GrowAsync(db, turn, offset, added, trace, ct);
            await transaction.CommitAsync(ct);
        }
        else
        {
            await fence.WriteAsync(run, async (db, end) => now = await GrowAsync(db, turn, offset, added, trace, end), ct);
        }

        if (now == TurnState.Streaming)
        {
            (turn.SavedLength, turn.SavedTrace) = (offset + added.Length, trace);
        }
        else
        {
            turn.Cancel(now == TurnState.Stopped ? TurnCancellation.Stopped : TurnCancellation.Lost);
        }
    }

    /// <returns>The state of the turn: streaming where it was saved, and one of its ends where it is over.</returns>
    private static async Task<TurnState> GrowAsync(
        RepublicDb db,
        RunningTurn turn,
        int offset,
        string added,
        AnswerTrace? trace,
        CancellationToken ct
    )
    {
        var saved = await db.Set<TTurn>()
            .Where(t => t.Id == turn.Id)
            .BeingWritten()
            .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(t => t.UpdatedAt, _ => RepublicDb.Now()).SetProperty(t => t.Phase, turn.Phase);
                    if (trace != turn.SavedTrace)
                    {
                        set.SetProperty(t => t.Trace, trace);
                    }

                    if (turn.Text.Length > 0)
                    {
                        set.SetProperty(t => t.State, TurnState.Streaming);
                    }
                },
                ct
            );
        if (saved == 0)
        {
            var now = await db.Set<TTurn>().Where(t => t.Id == turn.Id).Select(t => (TurnState?)t.State).SingleOrDefaultAsync(ct);
            return now ?? TurnState.Interrupted;
        }

        if (added.Length > 0)
        {
            // A save whose confirmation was lost may be there already.
            await db.Set<TurnPiece<TTurn>>().Where(p => p.TurnId == turn.Id && p.Offset >= offset).ExecuteDeleteAsync(ct);
            db.Add(
                new TurnPiece<TTurn>
                {
                    TurnId = turn.Id,
                    Offset = offset,
                    Text = added,
                }
            );
            await db.SaveChangesAsync(ct);
        }

        return TurnState.Streaming;
    }
}
