using Republic.Core.Answering.Traces;
using Republic.Core.Data;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Tasks.Work;

/// <summary>One start of a minion's work on a task, from being asked for to its end. Figures are measured or the provider's own, else null.</summary>
public sealed class TaskAttempt : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The owner of the task, who pays.</summary>
    public required Guid OwnerId { get; init; }

    public required Guid TaskId { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>The round of the task that it belongs to.</summary>
    public required int Round { get; init; }

    public TaskAttemptState State { get; set; } = TaskAttemptState.Pending;

    /// <summary>What it does just now, for people.</summary>
    public string? Phase { get; set; }

    /// <summary>The answer so far.</summary>
    public string Text { get; set; } = "";

    /// <summary>Why it failed or was stopped, and what to do, for people.</summary>
    public string? Error { get; set; }

    /// <summary>The comment that its answer became.</summary>
    public Guid? CommentId { get; set; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    public int? PromptTokens { get; set; }

    public int? CompletionTokens { get; set; }

    public decimal? Cost { get; set; }

    /// <summary>Which models were asked or passed over, and why; null where none was.</summary>
    public RouteReceipt? Route { get; set; }

    /// <summary>The stages of the answer, with the passages that it cites; null where there was generation alone.</summary>
    public AnswerTrace? Trace { get; set; }

    /// <summary>The minion got the request as it stands, since its model does not follow the prompt of a task.</summary>
    public bool BareRequest { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Written before the minion is asked, so that no answer is paid for twice unasked.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsActive => State is TaskAttemptState.Pending or TaskAttemptState.Working;
}
