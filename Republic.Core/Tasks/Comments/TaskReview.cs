using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Comments;

/// <summary>Accepts a result that was handed in, or sends it back.</summary>
public sealed class TaskReview(TaskMover mover)
{
    /// <param name="said">Kept as a comment; null or blank says nothing.</param>
    public async Task<Outcome<Guid>> AcceptAsync(Guid me, Guid id, string? said, CancellationToken ct) =>
        !string.IsNullOrWhiteSpace(said) && TaskComments.Problem(said) is { } problem
            ? problem
            : await mover.MoveAsync(me, id, new TaskMove(WorkTaskStatus.Done, From: WorkTaskStatus.Review, Reason: said), ct);

    /// <param name="why">What must change; kept as a comment, which the assignee reads.</param>
    public async Task<Outcome<Guid>> SendBackAsync(Guid me, Guid id, string? why, CancellationToken ct) =>
        TaskComments.Problem(why) is { } problem
            ? problem
            : await mover.MoveAsync(me, id, new TaskMove(WorkTaskStatus.InProgress, From: WorkTaskStatus.Review, Reason: why), ct);
}
