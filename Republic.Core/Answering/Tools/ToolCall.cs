using Republic.Core.Data;

namespace Republic.Core.Answering.Tools;

/// <summary>
/// A call of a tool that a minion asked for in an answer, written down before it is made and after. The calls of a turn are its journal: a turn
/// that waited for a person goes on with the rounds that it had.
/// </summary>
public sealed class ToolCall : IOwned
{
    /// <summary>The most bytes of UTF-8 that a result has; what is longer is cut.</summary>
    public const int MaxResult = 32 * 1024;

    /// <summary>The most characters that arguments have.</summary>
    public const int MaxArguments = 32 * 1024;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    /// <summary>The answer in a chat that it belongs to; null where it is another kind of answer.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The attempt at a task that it belongs to; null where it is another kind of answer.</summary>
    public Guid? AttemptId { get; init; }

    /// <summary>The step of an episode that it belongs to; null where it is another kind of answer.</summary>
    public Guid? StepId { get; init; }

    /// <summary>Counts the times that the model was asked in this answer, from 0.</summary>
    public required int Round { get; init; }

    /// <summary>Counts the calls of its round, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The length of the answer's text before it, in UTF-16 units.</summary>
    public required int Offset { get; init; }

    /// <summary>The model's own id of the call, unique within the answer.</summary>
    public required string CallId { get; init; }

    /// <summary>The name by which the model called it.</summary>
    public required string Name { get; init; }

    /// <summary>The tool's own name; the model's where there is no such tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Null for what Republic does itself.</summary>
    public Guid? ServerId { get; init; }

    /// <summary>The name of the server when it was asked; null for what Republic does itself.</summary>
    public string? Server { get; init; }

    /// <summary>The name of the tool in the audit log: “create_issue on forge”.</summary>
    internal string FullName => Server is null ? Tool : $"{Tool} on {Server}";

    /// <summary>SHA-256, in hex, of the description that the model was given by the server; null for what Republic does itself.</summary>
    public string? DefinitionHash { get; init; }

    /// <summary>A JSON object as the model wrote it; its text as it is where it is none.</summary>
    public required string Arguments { get; init; }

    /// <summary>The JSON object that a person sent instead; null where they did not.</summary>
    public string? EditedArguments { get; set; }

    public required ToolCallStatus Status { get; set; }

    /// <summary>No person was asked about this call: the tool only reads, or was allowed for good.</summary>
    public required bool IsUnasked { get; init; }

    /// <summary>Why it was refused, failed or expired, for people and for the model.</summary>
    public string? Reason { get; set; }

    /// <summary>The result that the model is given, without the delimiters; null where there is none.</summary>
    public string? Result { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was approved, refused or expired.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    public DateTimeOffset? BeganAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
