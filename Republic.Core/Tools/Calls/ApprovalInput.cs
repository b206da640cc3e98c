using System.Text.Json;

namespace Republic.Core.Tools.Calls;

/// <summary>The approval of a tool call, as a person gives it.</summary>
/// <param name="Scope"><c>once</c>, or <c>always</c> for this tool and minion.</param>
/// <param name="Arguments">A JSON object in place of the model's, for <c>once</c> alone; null leaves them.</param>
public sealed record ApprovalInput(string? Scope, JsonElement? Arguments = null)
{
    public const string Once = "once";
    public const string Always = "always";
}
