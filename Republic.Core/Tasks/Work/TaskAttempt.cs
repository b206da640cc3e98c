using Republic.Core.Answering.Turns;
using Republic.Core.Data;

namespace Republic.Core.Tasks.Work;

/// <summary>One start of a minion's work on a task, from being asked for to its end.</summary>
public sealed class TaskAttempt : Turn, IOwned
{
    /// <summary>The owner of the task, who pays.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid TaskId { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>The round of the task that it belongs to.</summary>
    public required int Round { get; init; }

    /// <summary>The answer asks its person for something; else it is the hand-in.</summary>
    public bool IsQuestion { get; set; }

    /// <summary>The comment that its answer became.</summary>
    public Guid? CommentId { get; set; }

    /// <summary>The minion got the request as it stands, since its model does not follow the prompt of a task.</summary>
    public bool BareRequest { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
