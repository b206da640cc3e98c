using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Templates;

namespace Republic.Core.Scenarios.Editing;

/// <summary>The fields of a scenario itself, with the names of the JSON API in snake case.</summary>
public sealed record ScenarioInput
{
    private static readonly JsonFields<ScenarioInput> Fields = new();

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>The name of the role that learns.</summary>
    public string? LearnerRole { get; set; }

    public List<FactDefinition>? Facts { get; set; }

    public int? MaxTurns { get; set; }

    public int? MaxMinutes { get; set; }

    /// <summary>In US dollars.</summary>
    public decimal? MaxCost { get; set; }

    public long? MaxTokens { get; set; }

    /// <summary>The key of a template that a new scenario begins as; the other fields are laid over it.</summary>
    public string? Template { get; set; }

    /// <summary>When these fields were changed last, as whoever sends this read it; refused where they were changed since.</summary>
    public DateTimeOffset? SettingsUpdatedAt { get; set; }

    /// <summary>The fields of the JSON that could not be read.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    public static ScenarioInput Of(Scenario scenario) =>
        new()
        {
            Name = scenario.Name,
            Description = scenario.Description,
            LearnerRole = scenario.LearnerRole,
            Facts = scenario.Facts,
            MaxTurns = scenario.MaxTurns,
            MaxMinutes = scenario.MaxMinutes,
            MaxCost = scenario.MaxCost,
            MaxTokens = scenario.MaxTokens,
        };

    /// <param name="over">What stands: a field that is absent keeps it, null clears it.</param>
    public static Outcome<ScenarioInput> Read(JsonElement body, ScenarioInput? over = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the scenario's fields.");
        }

        var input = over is null ? new ScenarioInput() : over with { };
        input.Unreadable = Fields.Lay(body, input);
        return over is null && ScenarioTemplates.Find(input.Template) is { } template ? Read(body, Of(template.Definition)) : input;
    }

    private static ScenarioInput Of(ScenarioDefinition definition) =>
        new()
        {
            Name = definition.Name,
            Description = definition.Description,
            LearnerRole = definition.Learner,
            Facts = [.. definition.Facts],
            MaxTurns = definition.Limits.Turns,
            MaxMinutes = definition.Limits.Minutes,
            MaxCost = definition.Limits.Cost,
            MaxTokens = definition.Limits.Tokens,
        };

    internal IReadOnlyList<FieldError> Problems()
    {
        var rules = new FieldRules(Unreadable);
        if (Template is not null && ScenarioTemplates.Find(Template) is null)
        {
            rules.Add("template", $"There is no such template. Choose {string.Join(", ", ScenarioTemplates.All.Select(one => one.Key))}.");
        }

        rules.Required("name", "The name", Name);
        rules.Text("name", "The name", Name, ScenarioRules.LongestName);
        rules.Text("description", "The description", Description, ScenarioRules.LongestText, isLine: false);
        if (LearnerRole is { Length: > 0 } && !ScenarioRules.IsName(LearnerRole))
        {
            rules.Add("learner_role", "learner_role is the name of a role, such as developer.");
        }

        rules.Range("max_turns", "The most turns", MaxTurns, 1, ScenarioRules.MostTurns);
        rules.Range("max_minutes", "The most minutes", MaxMinutes, 1, ScenarioRules.MostMinutes);
        if (MaxCost is < 0 or > ScenarioRules.LargestCost)
        {
            rules.Add("max_cost", $"The most that it costs is from 0 to {ScenarioRules.LargestCost:N0} dollars.");
        }

        if (MaxTokens is < 1 or > ScenarioRules.MostTokens)
        {
            rules.Add("max_tokens", $"The most tokens are 1 to {ScenarioRules.MostTokens:N0}. Leave it empty for no limit.");
        }

        foreach (var problem in FactRules.Problems(Facts ?? []))
        {
            rules.Add(problem.Field, problem.Message);
        }

        return rules.Errors;
    }

    internal void Lay(Scenario scenario, DateTimeOffset now)
    {
        scenario.Name = Name!.Trim();
        scenario.Description = Kept(Description);
        scenario.LearnerRole = Kept(LearnerRole);
        scenario.Facts = Facts ?? [];
        (scenario.MaxTurns, scenario.MaxMinutes, scenario.MaxCost, scenario.MaxTokens) = (MaxTurns, MaxMinutes, MaxCost, MaxTokens);
        scenario.SettingsUpdatedAt = now;
    }

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
