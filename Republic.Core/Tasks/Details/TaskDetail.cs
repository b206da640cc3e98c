using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Sharing;

namespace Republic.Core.Tasks.Details;

/// <summary>A task with all that its page shows.</summary>
public sealed record TaskDetail
{
    public required TaskCard Task { get; init; }

    /// <summary>The name of the owner who shares it with the person; null for the person's own tasks.</summary>
    public required string? SharedBy { get; init; }

    public bool IsOwner => SharedBy is null;

    /// <summary>With whom the owner shares it; empty for a part, and for everybody but the owner.</summary>
    public required IReadOnlyList<TaskShareCard> Shares { get; init; }

    /// <summary>What it is a part of, the top first.</summary>
    public required IReadOnlyList<TaskLink> Ancestors { get; init; }

    public required IReadOnlyList<TaskCard> Parts { get; init; }

    public required IReadOnlyList<TaskLink> WaitsFor { get; init; }

    /// <summary>The tasks that wait for it.</summary>
    public required IReadOnlyList<TaskLink> HoldsUp { get; init; }

    /// <summary>The result that waits for a review, whether or not it is among the comments that are shown; null where none does.</summary>
    public required TaskCommentCard? HandIn { get; init; }

    /// <summary>Some of them, the oldest first.</summary>
    public required IReadOnlyList<TaskCommentCard> Comments { get; init; }

    /// <summary>Those of that time, the oldest first; none where only comments are wanted.</summary>
    public required IReadOnlyList<TaskActivityCard> Activities { get; init; }

    /// <summary>The comment or activity before those that are shown; null where there is none.</summary>
    public required Guid? Earlier { get; init; }

    public required IReadOnlyList<TaskAttachment> Files { get; init; }

    /// <summary>To whom it can be given.</summary>
    public required IReadOnlyList<TaskCitizen> Assignable { get; init; }

    /// <summary>Other tasks that it could wait for.</summary>
    public required IReadOnlyList<TaskLink> Offered { get; init; }
}
