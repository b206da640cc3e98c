using System.Text.Json;
using Republic.Core.Events;

namespace Republic.Core.Answering.Tools;

/// <summary>The event of a tool call in the live stream. The subject is the call.</summary>
public static class ToolEvents
{
    /// <summary>A call was asked for, decided on, begun or ended, or it expired.</summary>
    public const string Call = "tool.call";

    public static LiveEvent Of(ToolCall call) =>
        new(
            Call,
            call.Id,
            JsonSerializer.Serialize(
                new
                {
                    call.MessageId,
                    call.AttemptId,
                    call.StepId,
                    call.Status,
                },
                SnakeCaseJson.Compact
            )
        );
}
