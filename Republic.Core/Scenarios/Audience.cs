using System.Text.Json.Serialization;

namespace Republic.Core.Scenarios;

/// <summary>Who gets to know something: all roles, the roles that act in the state, or those that are listed.</summary>
/// <param name="Roles">Their names where they are listed, otherwise empty.</param>
[JsonConverter(typeof(AudienceJson))]
public sealed record Audience(AudienceKind Kind, IReadOnlyList<string> Roles)
{
    public static Audience All { get; } = new(AudienceKind.All, []);

    public static Audience Present { get; } = new(AudienceKind.Present, []);

    public static Audience Of(IReadOnlyList<string> roles) => new(AudienceKind.Listed, roles);
}
