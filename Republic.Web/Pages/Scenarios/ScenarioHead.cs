using Republic.Core.Scenarios.Drafts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Scenarios;

/// <summary>The head of the pages of one scenario.</summary>
/// <param name="Active">The tab that is open: edit, try, yaml or versions.</param>
/// <param name="IsChanged">True where its draft differs from its newest version.</param>
/// <param name="Problems">How many errors its draft has; with any it cannot be published.</param>
public sealed record ScenarioHead(ScenarioCard Scenario, string Active, bool IsChanged, int Problems)
{
    /// <summary>"7 states, 7 transitions, 4 roles · version 3".</summary>
    public string Sentence => $"{Size} · {Standing}" + (Scenario.ArchivedAt is null ? "" : " · in the archive");

    private string Standing =>
        Scenario.Version is not { } version ? "not published"
        : IsChanged ? $"draft, changed since version {version}"
        : $"version {version}";

    private string Size =>
        $"{Figures.Count(Scenario.StateCount, "state")}, {Figures.Count(Scenario.TransitionCount, "transition")}, "
        + Figures.Count(Scenario.RoleCount, "role");

    public static ScenarioHead Of(ScenarioDraft draft, string active) =>
        new(draft.Scenario, active, draft.IsChanged, draft.Problems.Count(problem => problem.IsError));

    public string Address(string tab) => $"/scenarios/{Scenario.Id}/{tab}";
}
