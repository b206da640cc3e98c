using System.Text.Json;

namespace Republic.Core.Scenarios.Definitions;

/// <summary>Something that is so in a scenario, and who knows it from the beginning.</summary>
/// <param name="Value">A text, a number, true, false, null, or a list of texts, numbers, true and false.</param>
public sealed record FactDefinition(string Name, JsonElement Value)
{
    /// <summary>All roles or those that are listed; null: nobody, it is there for conditions alone.</summary>
    public Audience? KnownTo
    {
        get;
        init => field = value is { Kind: AudienceKind.Listed, Roles.Count: 0 } ? null : value;
    }
}
