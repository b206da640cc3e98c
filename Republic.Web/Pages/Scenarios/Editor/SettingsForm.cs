using System.Globalization;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios.Editor;

/// <summary>The form of a scenario's own fields.</summary>
public sealed class SettingsForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? LearnerRole { get; set; }

    public string? MaxTurns { get; set; }

    public string? MaxMinutes { get; set; }

    public string? MaxCost { get; set; }

    public string? MaxTokens { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public static SettingsForm Of(ScenarioCard scenario) =>
        new()
        {
            Name = scenario.Name,
            Description = scenario.Description,
            LearnerRole = scenario.LearnerRole,
            MaxTurns = Typed.Number(scenario.MaxTurns),
            MaxMinutes = Typed.Number(scenario.MaxMinutes),
            MaxCost = scenario.MaxCost?.ToString("0.#########", CultureInfo.InvariantCulture),
            MaxTokens = Typed.Number(scenario.MaxTokens),
            UpdatedAt = scenario.SettingsUpdatedAt,
        };

    /// <param name="stands">The facts stay as they are.</param>
    internal ScenarioInput Over(ScenarioInput stands)
    {
        List<FieldError> unreadable = [];
        return stands with
        {
            Name = Name,
            Description = Typed.Lines(Description),
            LearnerRole = LearnerRole,
            MaxTurns = TypedNumber.Whole("max_turns", MaxTurns, unreadable),
            MaxMinutes = TypedNumber.Whole("max_minutes", MaxMinutes, unreadable),
            MaxCost = Cost(unreadable),
            MaxTokens = TypedNumber.Whole<long>("max_tokens", MaxTokens, unreadable),
            SettingsUpdatedAt = UpdatedAt,
            Unreadable = unreadable,
        };
    }

    private decimal? Cost(List<FieldError> unreadable)
    {
        var number = TypedNumber.Number("max_cost", MaxCost?.Replace("$", "", StringComparison.Ordinal), unreadable);
        return number is { } dollars && Math.Abs(dollars) < 1e12 ? (decimal)dollars
            : number is null ? null
            : decimal.MaxValue;
    }
}
