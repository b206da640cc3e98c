using Republic.Core.Tasks;
using Republic.Core.Tasks.Editing;

namespace Republic.Web.Pages.Tasks;

/// <summary>Where a card is moved to.</summary>
public sealed class MoveForm
{
    /// <summary>The state that the task gets.</summary>
    public string? To { get; set; }

    /// <summary>The state that the person saw it in.</summary>
    public string? From { get; set; }

    /// <summary>The task that it is put below; null for the top.</summary>
    public Guid? After { get; set; }

    public bool Insist { get; set; }

    /// <summary>
    /// The query of the move that takes this one back; null where the move judged a result, which moving back would not undo.
    /// </summary>
    public string? Back =>
        TaskStates.Of(From) is { } from && TaskStates.Of(To) is { } to && !IsOfReview(from) && !IsOfReview(to)
            ? $"to={From}&from={To}"
            : null;

    /// <summary>Null where the form names no state.</summary>
    public TaskMove? ToMove() => TaskStates.Of(To) is { } status ? new TaskMove(status, Insist, TaskStates.Of(From), After) : null;

    private static bool IsOfReview(WorkTaskStatus status) => status is WorkTaskStatus.Review or WorkTaskStatus.Done;
}
