using Republic.Core.Citizens;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Work;

namespace Republic.Web.Pages.Tasks;

/// <summary>A minion's work on a task, as the page of the task shows it.</summary>
/// <param name="Attempts">The newest first.</param>
/// <param name="Spending">Null where the task is gone, or another person's.</param>
public sealed record TaskWorkView(TaskCard Task, IReadOnlyList<TaskAttemptCard> Attempts, TaskSpending? Spending, DateTimeOffset Now)
{
    /// <summary>The minion that is to do it; null where a person is, or nobody.</summary>
    public TaskCitizen? Minion => Task.Assignee is { Kind: CitizenKind.Minion } minion ? minion : null;

    public bool IsShown => Spending is not null && (Minion is not null || Attempts.Count > 0);

    public TaskAttemptCard? Last => Attempts.Count > 0 ? Attempts[0] : null;

    /// <summary>The last attempt, where it is of the minion that is to do it now.</summary>
    public TaskAttemptCard? Current => Last?.MinionId == Minion?.Id ? Last : null;

    public bool IsActive => Current is { IsActive: true };

    /// <summary>It waits for the person to decide on a tool call, and goes on then.</summary>
    public bool IsAsking => Current is { IsAsking: true };

    /// <summary>Those that have come to an end.</summary>
    public IEnumerable<TaskAttemptCard> Ended => Attempts.Where(attempt => !attempt.IsActive && !attempt.IsAsking);

    /// <summary>What stands in the way of a start, and what to do; null where nothing does.</summary>
    public string? Obstacle =>
        Spending switch
        {
            { IsStartedOften: true } often => TaskWorkWords.StartedOften(often),
            { IsUsedUp: true } used => TaskWorkWords.UsedUp(used),
            _ => null,
        };

    /// <summary>The comments that the page shows.</summary>
    public IReadOnlyList<Guid> Comments { get; init; } = [];

    /// <summary>The page leaves the history out.</summary>
    public bool IsCommentsOnly { get; init; }

    private bool IsOpen => Task.Status is WorkTaskStatus.Todo or WorkTaskStatus.InProgress;

    /// <summary>A start would make sense just now.</summary>
    public bool IsIdle => Minion is not null && IsOpen && !IsActive && !IsAsking && !Task.IsBlocked;

    public bool CanStart => IsIdle && Obstacle is null;

    public string AddressOf(Guid comment) =>
        (Comments.Contains(comment) ? "" : CommentsAddress.Of($"/tasks/{Task.Id}", IsCommentsOnly, comment)) + $"#c-{comment}";

    /// <summary>How long an attempt has taken, or took; null before it was begun.</summary>
    public TimeSpan? LengthOf(TaskAttemptCard attempt) =>
        attempt.StartedAt is not { } started ? null
        : attempt.EndedAt is { } ended ? ended - started
        : attempt.IsActive ? Now - started
        : null;
}
