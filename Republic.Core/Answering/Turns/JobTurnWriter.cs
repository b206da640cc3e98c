using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Answering.Turns;

/// <summary>Writes turns within a job. One that an earlier start began is not asked, and paid for, again unasked.</summary>
public sealed class JobTurnWriter<TTurn>(
    TurnWriter writer,
    TurnStore<TTurn> store,
    JobFence fence,
    IDbContextFactory<RepublicDb> databases,
    TimeProvider time
)
    where TTurn : Turn
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <returns>The answer, whose end is not saved yet; null where the turn does not wait to be written any more.</returns>
    /// <exception cref="OperationCanceledException">The job is not this start's to end; what the turn took is saved.</exception>
    public async Task<WrittenTurn?> WriteAsync(JobRun run, Guid id, ITurnSink sink, CancellationToken ct)
    {
        if (await store.BeginAsync(run, id, ct) is not { } startedAt)
        {
            return null;
        }

        sink.Saved();
        return await WriteAsync(run, id, startedAt, sink, ct);
    }

    /// <param name="startedAt">When this start of the job began the turn, as it is stored.</param>
    /// <returns>The answer, whose end is not saved yet.</returns>
    /// <inheritdoc cref="WriteAsync(JobRun, Guid, ITurnSink, CancellationToken)"/>
    public async Task<WrittenTurn> WriteAsync(JobRun run, Guid id, DateTimeOffset startedAt, ITurnSink sink, CancellationToken ct)
    {
        var isNew = true;
        using var turn = new RunningTurn(id);
        await using var registration = ct.Register(() => turn.Cancel(TurnCancellation.Stopped));
        var receipt = await writer.WriteAsync(turn, sink, SaveAsync, SaveEvery);
        if (receipt.End == AnswerEnd.Waiting)
        {
            await SaveWaitingAsync(run, turn, ct);
        }

        var written = new WrittenTurn(receipt, turn.Text.ToString(), startedAt);
        if (ct.IsCancellationRequested || turn.Cancellation == TurnCancellation.Lost)
        {
            await KeepAsync(id, written);
            sink.Saved();
            ct.ThrowIfCancellationRequested();
            throw new JobOvertakenException();
        }

        return written;

        async Task SaveAsync(CancellationToken end)
        {
            if (isNew)
            {
                // It was saved as it was begun.
                isNew = false;
                return;
            }

            if (turn.Phase is { } phase)
            {
                run.Report(0, phase);
            }

            await store.GrowAsync(turn, run, end);
            sink.Saved();
            if (await sink.RefusalAsync(end) is { } why)
            {
                turn.Cancel(new TurnCancellation(AnswerEnd.Stopped, why));
            }
        }
    }

    /// <summary>The text of a turn that waits stays in its pieces.</summary>
    private async Task SaveWaitingAsync(JobRun run, RunningTurn turn, CancellationToken ct)
    {
        try
        {
            await store.GrowAsync(turn, run, ct);
        }
        catch (OperationCanceledException)
        {
            turn.Cancel(TurnCancellation.Lost);
        }
    }

    /// <summary>Saves the end of a turn of a job that goes on.</summary>
    public async Task EndAsync(JobRun run, Guid id, WrittenTurn written, CancellationToken ct)
    {
        try
        {
            await fence.WriteAsync(run, (db, end) => db.EndTurnAsync<TTurn>(id, written.Text, written.Receipt, end), ct);
        }
        catch
        {
            await KeepAsync(id, written);
            throw;
        }
    }

    /// <summary>Sets columns of the noun's own while its job goes on.</summary>
    /// <returns>True, once that is saved.</returns>
    public async Task<bool> AddAsync(JobRun run, Guid id, Action<UpdateSettersBuilder<TTurn>> set, CancellationToken ct)
    {
        await fence.WriteAsync(run, (db, end) => db.Set<TTurn>().Where(t => t.Id == id).ExecuteUpdateAsync(set, end), ct);
        return true;
    }

    /// <summary>Saves what a turn took that its job is not to end, and waits for a database that is away: that may be why.</summary>
    public async Task KeepAsync(Guid id, WrittenTurn written)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
                await db.KeepTurnAsync<TTurn>(id, written, CancellationToken.None);
                return;
            }
            catch (Exception e) when (DatabaseFaults.IsTransient(e) && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time);
            }
        }
    }
}
