using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Core.Inference.Http;

/// <param name="Content">A text, or a list of parts of which only those of type text can be read; null beside calls.</param>
/// <param name="ToolCalls">What the assistant called.</param>
/// <param name="ToolCallId">Whose result the message of a tool is.</param>
internal sealed record ChatRequestMessage(
    string? Role,
    JsonElement? Content,
    JsonNode? ToolCalls = null,
    string? ToolCallId = null,
    string? Name = null
);
