namespace Republic.Core.Tasks.Editing;

/// <param name="Status">The state that it gets.</param>
/// <param name="Insist">Whether it is begun although other tasks that it waits for are not done.</param>
/// <param name="From">The state that the person saw it in: the move is refused where another came before. Null moves it in any case.</param>
/// <param name="After">The task of that column that it is put below; null puts it on top.</param>
/// <param name="Reason">
/// Becomes a comment. Where the task is sent back it says what must change, and a minion that it is assigned to begins again.
/// </param>
public sealed record TaskMove(
    WorkTaskStatus Status,
    bool Insist = false,
    WorkTaskStatus? From = null,
    Guid? After = null,
    string? Reason = null
);
