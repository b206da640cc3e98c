using System.Text.Json.Nodes;

namespace Republic.Core.Llama.Native;

/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
internal sealed record ChatLine(string Role, string Content)
{
    /// <summary>What the assistant called, as <c>tool_calls</c> of OpenAI with arguments that are objects; null: nothing.</summary>
    public JsonArray? Calls { get; init; }

    /// <summary>Whose result the message of a tool is.</summary>
    public string? CallId { get; init; }

    public string? Name { get; init; }
}
