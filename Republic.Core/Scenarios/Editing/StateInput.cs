using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Scenarios.Editing;

/// <summary>The fields of a state, with the names of the JSON API in snake case.</summary>
public sealed record StateInput
{
    private static readonly JsonFields<StateInput> Fields = new(
        new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    );

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>start, action, decision, approval or end.</summary>
    public NodeType? NodeType { get; set; }

    public List<string>? Prompts { get; set; }

    /// <summary>The names of the roles that act in it.</summary>
    public List<string>? Roles { get; set; }

    public TurnRule? Turn { get; set; }

    public int? Rounds { get; set; }

    public Audience? Audience { get; set; }

    public string? Capability { get; set; }

    public double? TimeoutHours { get; set; }

    public EndResult? Result { get; set; }

    /// <summary>The transitions that lead on, in their order; null leaves them as they are.</summary>
    public List<TransitionInput>? Next { get; set; }

    /// <summary>When the state was changed last, as whoever sends this read it; refused where it was changed since.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The fields of the JSON that could not be read.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    internal static StateInput Of(ScenarioState state, Scenario scenario) =>
        new()
        {
            Name = state.Name,
            Description = state.Description,
            NodeType = state.NodeType,
            Prompts = [.. state.Prompts],
            Roles = [.. state.Roles.OrderBy(r => r.Position).Select(r => scenario.Roles.Single(role => role.Id == r.AgentRoleId).Name)],
            Turn = state.Turn,
            Rounds = state.Rounds,
            Audience = state.Audience,
            Capability = state.Capability,
            TimeoutHours = state.TimeoutHours,
            Result = state.Result,
        };

    /// <param name="over">What stands: a field that is absent keeps it, null clears it.</param>
    public static Outcome<StateInput> Read(JsonElement body, StateInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the state's fields.");
        }

        var input = over is null ? new StateInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        return input;
    }

    /// <param name="state">The state that is changed; null for a new one.</param>
    internal IReadOnlyList<FieldError> Problems(ScenarioChange change, ScenarioState? state)
    {
        var rules = new FieldRules(Unreadable);
        ElementNames.Check(rules, Name, "state", change.Scenario.States.Exists(s => s != state && s.Name == Name));
        if (NodeType is not { } type || !Enum.IsDefined(type))
        {
            rules.Add("node_type", "node_type is start, action, decision, approval or end.");
        }

        rules.Text("description", "The description", Description, ScenarioRules.LongestText, isLine: false);
        rules.Text("capability", "The capability", Capability, ScenarioRules.LongestCapability);
        rules.Range("rounds", "The number of rounds", Rounds, 1, ScenarioRules.MostRounds);
        if (TimeoutHours is { } hours && !(hours > 0 && hours <= ScenarioRules.MostTimeoutHours))
        {
            rules.Add("timeout_hours", $"It waits for more than 0 and at most {ScenarioRules.MostTimeoutHours:N0} hours.");
        }

        CheckPrompts(rules);
        CheckRoles(rules, change, state);
        if (Next?.Count > ScenarioRules.MostTransitions)
        {
            rules.Add("next", $"A state has at most {ScenarioRules.MostTransitions} transitions. Take some out.");
        }

        for (var i = 0; i < Next?.Count; i++)
        {
            (Next[i] ?? new TransitionInput()).Check(rules, change, $"next[{i}].", state is null ? Name : null);
        }

        return rules.Errors;
    }

    internal void Lay(ScenarioState state, ScenarioChange change)
    {
        state.NodeType = NodeType!.Value;
        state.Description = Kept(Description);
        state.Prompts = [.. (Prompts ?? []).Select(prompt => prompt.Trim()).Where(prompt => prompt.Length > 0)];
        (state.Turn, state.Rounds, state.TimeoutHours, state.Result) = (Turn, Rounds, TimeoutHours, Result);
        state.Audience = Audience?.Kind == AudienceKind.Present ? null : Audience;
        state.Capability = Kept(Capability);
        state.UpdatedAt = change.Now;
        change.SetRoles(state, Roles ?? []);
        if (Next is { } next)
        {
            change.SetTransitions(state, next);
        }
    }

    private void CheckPrompts(FieldRules rules)
    {
        if (Prompts?.Count > ScenarioRules.MostPrompts)
        {
            rules.Add("prompts", $"A state has at most {ScenarioRules.MostPrompts} prompts. Take some out.");
        }

        for (var i = 0; i < Prompts?.Count; i++)
        {
            if (Prompts[i] is null)
            {
                rules.Add($"prompts[{i}]", "A prompt is text.");
            }

            rules.Text($"prompts[{i}]", "The prompt", Prompts[i], ScenarioRules.LongestPrompt, isLine: false);
        }
    }

    private void CheckRoles(FieldRules rules, ScenarioChange change, ScenarioState? state)
    {
        // One that stands may name a role that was deleted since.
        var audience = Audience == state?.Audience ? null : Audience;
        if (audience is { Kind: AudienceKind.Listed, Roles.Count: 0 })
        {
            rules.Add("audience", "The list is empty. Name who hears it, or write all or present.");
        }

        foreach (var (field, names) in new[] { ("roles", Roles), ("audience", audience?.Roles) })
        {
            if (names?.FirstOrDefault(name => change.Role(name) is null) is { } unknown)
            {
                rules.Add(field, $"There is no role “{unknown}”. Add it first, or choose another one.");
            }
            else if (names?.Contains(null!) == true || names?.Distinct().Count() < names?.Count)
            {
                rules.Add(field, "Each role is named once.");
            }
        }
    }

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
