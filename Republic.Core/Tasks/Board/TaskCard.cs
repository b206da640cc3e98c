using System.Text.Json.Serialization;

namespace Republic.Core.Tasks.Board;

/// <summary>A task as lists, the board and the API show it.</summary>
public sealed record TaskCard
{
    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required string Title { get; init; }

    /// <summary>Null on the board too, which does not show it.</summary>
    public string? Description { get; init; }

    public required WorkTaskStatus Status { get; init; }

    /// <summary>The person whose board it is on.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid CreatedBy { get; init; }

    public Guid? AssignedTo { get; init; }

    public Guid? AssignedBy { get; init; }

    public DateTimeOffset? AssignedAt { get; init; }

    public Guid? ParentId { get; init; }

    /// <summary>
    /// The chat with the message that it was made of; null where it was made of none, where the chat is deleted, and for everybody but the
    /// owner.
    /// </summary>
    public Guid? SourceConversationId { get; init; }

    public Guid? SourceMessageId { get; init; }

    public required int Level { get; init; }

    /// <summary>All tasks that it waits for, the oldest dependency first.</summary>
    public required IReadOnlyList<Guid> DependsOn { get; init; }

    /// <summary>The oldest of <see cref="DependsOn"/>.</summary>
    public Guid? DependsOnId => DependsOn.Count > 0 ? DependsOn[0] : null;

    /// <summary>Those of <see cref="DependsOn"/> that are not done, in the order of their numbers.</summary>
    public required IReadOnlyList<Guid> BlockedBy { get; init; }

    public required double Position { get; init; }

    public required TaskPriority Priority { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public string? Capability { get; init; }

    public decimal? Budget { get; init; }

    public required int Round { get; init; }

    public required int Children { get; init; }

    public required int ChildrenDone { get; init; }

    public required int Comments { get; init; }

    public required int Attachments { get; init; }

    /// <summary>A minion works on it, or will as soon as there is room. Only the owner is told.</summary>
    public required bool Working { get; init; }

    /// <summary>It goes on when its owner does something: a minion asked, or somebody else handed in. Only the owner is told.</summary>
    public required bool Waiting { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The task at the top of those that it is a part of.</summary>
    [JsonIgnore]
    public Guid RootId { get; init; }

    /// <summary>The assignee as the board draws it; null for nobody.</summary>
    [JsonIgnore]
    public TaskCitizen? Assignee { get; init; }

    /// <summary>The tasks of <see cref="DependsOn"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<TaskPrerequisite> Prerequisites { get; init; } = [];

    /// <summary>The numbers of <see cref="BlockedBy"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Blockers { get; init; } = [];

    /// <summary>It is in progress, and the last attempt of its minion failed. Only the owner is told.</summary>
    [JsonIgnore]
    public bool HasFailed { get; init; }

    [JsonIgnore]
    public bool IsBlocked => BlockedBy.Count > 0 && Status is WorkTaskStatus.Todo or WorkTaskStatus.InProgress or WorkTaskStatus.Review;

    /// <summary>The card with its dependencies, and what of them blocks it, set from these tasks.</summary>
    internal TaskCard WithPrerequisites(IReadOnlyList<TaskPrerequisite> prerequisites)
    {
        List<TaskPrerequisite> blocking = [.. prerequisites.Where(other => !other.IsDone).OrderBy(other => other.Number)];
        return this with
        {
            Prerequisites = prerequisites,
            DependsOn = [.. prerequisites.Select(other => other.Id)],
            BlockedBy = blocking.ConvertAll(other => other.Id),
            Blockers = blocking.ConvertAll(other => other.Number),
        };
    }
}
