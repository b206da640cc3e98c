using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Answering.Tools;

/// <summary>A tool call as the API and the pages show it.</summary>
public sealed record ToolCallRow
{
    public required Guid Id { get; init; }

    /// <summary>The tool's own name; the one that the model used where there is no such tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Null for what Republic does itself.</summary>
    public required string? Server { get; init; }

    /// <summary>The arguments that are sent: a person's where they changed them; a text where the model wrote no JSON.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>A person changed the arguments.</summary>
    public required bool Edited { get; init; }

    public required ToolCallStatus Status { get; init; }

    /// <summary>Why it was refused, failed or expired.</summary>
    public required string? Reason { get; init; }

    public required string? Result { get; init; }

    /// <summary>No person was asked: it only reads, or was allowed for good.</summary>
    public required bool Unasked { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset? SettledAt { get; init; }

    /// <summary>Null where it was not made, or is not over.</summary>
    public required double? DurationMs { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>The minion's name; null where the row is part of a message, which has it.</summary>
    public string? Minion { get; init; }

    /// <summary>The answer in a chat that it belongs to; null where it is another kind of answer.</summary>
    public required Guid? MessageId { get; init; }

    /// <summary>The attempt at a task that it belongs to; null where it is another kind of answer.</summary>
    public required Guid? AttemptId { get; init; }

    /// <summary>The step of an episode that it belongs to; null where it is another kind of answer.</summary>
    public required Guid? StepId { get; init; }

    /// <summary>The chat; null where it is another kind of answer, and where the row is part of a message.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The task; null where it is another kind of answer, and where the row is part of an attempt, which has it.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The episode; null where it is another kind of answer, and where the row is part of a step.</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>The timeline of the episode, where that is not the one that is shown.</summary>
    [JsonIgnore]
    public Guid? TimelineId { get; init; }

    /// <summary>The number of the step in its timeline.</summary>
    [JsonIgnore]
    public long? StepSeq { get; init; }

    [JsonIgnore]
    public Guid? ServerId { get; init; }

    [JsonIgnore]
    public string? DefinitionHash { get; init; }

    public static ToolCallRow Of(ToolCall call) =>
        new()
        {
            Id = call.Id,
            Tool = call.Tool,
            Server = call.Server,
            Arguments = Read(call.EditedArguments ?? call.Arguments),
            Edited = call.EditedArguments is not null,
            Status = call.Status,
            Reason = call.Reason,
            Result = call.Result,
            Unasked = call.IsUnasked,
            AskedAt = call.AskedAt,
            SettledAt = call.SettledAt,
            DurationMs = (call.EndedAt - call.BeganAt)?.TotalMilliseconds,
            MinionId = call.MinionId,
            MessageId = call.MessageId,
            AttemptId = call.AttemptId,
            StepId = call.StepId,
            ServerId = call.ServerId,
            DefinitionHash = call.DefinitionHash,
        };

    private static JsonElement Read(string arguments)
    {
        try
        {
            return JsonElement.Parse(arguments);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(arguments);
        }
    }
}
