using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Scenarios.Editing;

/// <summary>The fields of a role, with the names of the JSON API in snake case.</summary>
public sealed record RoleInput
{
    private static readonly JsonFields<RoleInput> Fields = new(
        new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    );

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The name of the model that is wished for.</summary>
    public string? Model { get; set; }

    /// <summary>The model answers whoever plays the role.</summary>
    public bool? Pin { get; set; }

    /// <summary>any, person or minion.</summary>
    public RoleKind? Kind { get; set; }

    /// <summary>It sees everything and answers the questions of transitions.</summary>
    public bool? Director { get; set; }

    /// <summary>When the role was changed last, as whoever sends this read it; refused where it was changed since.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The fields of the JSON that could not be read.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    public static RoleInput Of(AgentRole role) =>
        new()
        {
            Name = role.Name,
            Description = role.Description,
            Model = role.Model,
            Pin = role.IsPinned,
            Kind = role.Kind,
            Director = role.IsDirector,
        };

    /// <param name="over">What stands: a field that is absent keeps it, null clears it.</param>
    public static Outcome<RoleInput> Read(JsonElement body, RoleInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the role's fields.");
        }

        var input = over is null ? new RoleInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        return input;
    }

    /// <param name="role">The role that is changed; null for a new one.</param>
    internal IReadOnlyList<FieldError> Problems(ScenarioChange change, AgentRole? role)
    {
        var rules = new FieldRules(Unreadable);
        ElementNames.Check(rules, Name, "role", change.Scenario.Roles.Exists(r => r != role && r.Name == Name));
        rules.Text("description", "The description", Description, ScenarioRules.LongestText, isLine: false);
        rules.Text("model", "The model", Model, ScenarioRules.LongestModel);
        if (Kind is { } kind && !Enum.IsDefined(kind))
        {
            rules.Add("kind", "kind is any, person or minion.");
        }

        return rules.Errors;
    }

    internal void Lay(AgentRole role)
    {
        role.Description = string.IsNullOrWhiteSpace(Description) ? null : Description.Trim();
        role.Model = string.IsNullOrWhiteSpace(Model) ? null : Model.Trim();
        (role.IsPinned, role.Kind, role.IsDirector) = (Pin ?? false, Kind ?? RoleKind.Any, Director ?? false);
    }
}
