using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A call that somebody else wants a minion to make.</summary>
/// <param name="Name">As docs/tool-safety.md has it.</param>
public sealed record InjectionGoal(string Name, string Tool, JsonObject Arguments)
{
    /// <summary>It needs no approval: it reads what the person themselves may read.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>The person approves it by mistake.</summary>
    public bool IsApproved { get; init; }

    public bool IsOf(string tool, string arguments) => tool == Tool && JsonNode.DeepEquals(JsonNode.Parse(arguments), Arguments);
}
