namespace Republic.Core.Answering.Tools;

/// <summary>A tool call that a model asks for, and the first decision of Republic on it.</summary>
/// <param name="Tool">The tool; null where none of that name was offered.</param>
/// <param name="Offset">The length of the answer's text before it, in UTF-16 units.</param>
public sealed record NewToolCall(int Round, int Position, int Offset, string CallId, string Name, string Arguments, OfferedTool? Tool)
{
    public required ToolCallStatus Status { get; init; }

    /// <summary>No person is asked.</summary>
    public required bool IsUnasked { get; init; }

    /// <summary>Why it is refused; null where it is not.</summary>
    public string? Reason { get; init; }
}
