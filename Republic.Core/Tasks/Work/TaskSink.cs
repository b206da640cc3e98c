using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Minions;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Work;

/// <summary>One attempt of a minion at its task.</summary>
internal sealed class TaskSink(
    TaskAttempt attempt,
    TaskRequests requests,
    TaskEnds ends,
    WaitingAttempts waiting,
    IDbContextFactory<RepublicDb> databases,
    LiveEvents live
) : ITurnSink
{
    public const string KindOfJob = "task";

    private IReadOnlyList<Guid> audience = [];

    public string Retry => "Start it again";

    public string Change => "describe the task otherwise";

    public Task<Outcome<TurnRequest>> RequestAsync(RunningTurn turn, CancellationToken ct) => requests.RequestAsync(attempt, turn, ct);

    public void Grew(RunningTurn turn, int offset, string added) => turn.Phase = "Writes its answer";

    public void Saved() => live.Publish(attempt.OwnerId, new LiveEvent(TaskStarts.Working, attempt.TaskId, null));

    public async Task<string?> RefusalAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.Live().AnyAsync(m => m.Id == attempt.MinionId && m.Citizen.IsActive, ct)
            ? null
            : "Its minion was deleted or paused. Give the task to another one, or bring the minion back and start it again.";
    }

    /// <summary>As whoever changes a task does, who may cancel this job.</summary>
    public Task LockAsync(RepublicDb db, CancellationToken ct) => db.LockTasksAsync(attempt.OwnerId, ct);

    public async Task<AnswerReceipt> EndAsync(RepublicDb db, AnswerReceipt receipt, string text, CancellationToken ct)
    {
        var saved = await ends.SaveAsync(db, attempt, receipt, text, ct);
        await db.ExpireToolCallsAsync([attempt.Id], ct);
        var root = await db.Tasks.Where(t => t.Id == attempt.TaskId).Select(t => t.RootId).SingleOrDefaultAsync(ct);
        audience = await db.TaskAudienceAsync(attempt.OwnerId, [root], ct);
        return saved;
    }

    public void Waits() => waiting.Begin(attempt);

    public void Ended()
    {
        Saved();
        foreach (var person in audience)
        {
            live.Publish(person, new LiveEvent(TaskChanges.Changed, attempt.TaskId, null));
        }

        live.Publish(attempt.OwnerId, new LiveEvent(TaskEnds.Ended, attempt.TaskId, null));
    }
}
