using System.Text.Json.Serialization;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Tasks.Work;

/// <summary>An attempt as the page and the API show it.</summary>
public sealed record TaskAttemptCard
{
    public required Guid Id { get; init; }

    public required Guid TaskId { get; init; }

    public required Guid MinionId { get; init; }

    public required int Round { get; init; }

    public required TaskAttemptState State { get; init; }

    /// <summary>What the minion does just now, for people; null where it does nothing.</summary>
    public string? Phase { get; init; }

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public required string Text { get; init; }

    /// <summary>Why it failed or was stopped, and what to do.</summary>
    public string? Error { get; init; }

    /// <summary>The comment that the answer became.</summary>
    public Guid? CommentId { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public int? PromptTokens { get; init; }

    public int? CompletionTokens { get; init; }

    public decimal? Cost { get; init; }

    public RouteReceipt? Route { get; init; }

    public AnswerTrace? Trace { get; init; }

    /// <summary>The minion got the request as it stands, since its model does not follow the prompt of a task.</summary>
    public required bool BareRequest { get; init; }

    /// <summary>In the order in which they were asked for. While one is pending the attempt waits.</summary>
    public required IReadOnlyList<ToolCallRow> ToolCalls { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The minion as people call it.</summary>
    [JsonIgnore]
    public string MinionName { get; init; } = "";

    /// <summary>What it asked for; null where it asked nothing.</summary>
    [JsonIgnore]
    public string? Question { get; init; }

    /// <summary>It waits for its person to decide on a tool call.</summary>
    [JsonIgnore]
    public bool IsAsking => State == TaskAttemptState.Waiting && Question is null;

    /// <summary>The text does not stand whole in a comment.</summary>
    [JsonIgnore]
    public bool IsMoreThanComment => CommentId is null || ToolCalls.Count > 0 || Text.Length > TaskRules.LongestText;

    [JsonIgnore]
    public bool IsActive => State is TaskAttemptState.Pending or TaskAttemptState.Working;

    /// <param name="hasJob">Whether some node works on it, or will.</param>
    internal static TaskAttemptCard Of(TaskAttempt attempt, TurnTexts saved, string minion, bool hasJob, IReadOnlyList<ToolCall> calls)
    {
        var isLeft = attempt.IsBeingWritten && !hasJob;
        var text = saved.Of(attempt);
        return new()
        {
            Id = attempt.Id,
            TaskId = attempt.TaskId,
            MinionId = attempt.MinionId,
            MinionName = minion,
            Round = attempt.Round,
            State = isLeft ? TaskAttemptState.Failed : StateOf(attempt),
            Phase = isLeft || !attempt.IsBeingWritten ? null : attempt.Phase,
            Text = text,
            Question = attempt.IsQuestion ? TaskAnswer.Of(text, calls.Count > 0 ? calls[^1].Offset : 0).Text : null,
            ToolCalls = [.. calls.Select(ToolCallRow.Of)],
            Error = isLeft ? TurnCancellation.Interrupted : attempt.Error,
            CommentId = attempt.CommentId,
            Provider = attempt.Provider,
            Model = attempt.Model,
            PromptTokens = attempt.PromptTokens,
            CompletionTokens = attempt.CompletionTokens,
            Cost = attempt.Cost,
            Route = attempt.Route,
            Trace = attempt.Trace,
            BareRequest = attempt.BareRequest,
            CreatedAt = attempt.CreatedAt,
            StartedAt = attempt.StartedAt,
            EndedAt = attempt.EndedAt,
        };
    }

    private static TaskAttemptState StateOf(TaskAttempt attempt) =>
        attempt.State switch
        {
            TurnState.Pending => TaskAttemptState.Pending,
            TurnState.Streaming => TaskAttemptState.Working,
            TurnState.Waiting => TaskAttemptState.Waiting,
            TurnState.Complete => attempt.IsQuestion ? TaskAttemptState.Waiting : TaskAttemptState.HandedIn,
            TurnState.Stopped => TaskAttemptState.Stopped,
            _ => TaskAttemptState.Failed,
        };
}
