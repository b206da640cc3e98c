using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Scenarios.Checks;

/// <summary>A scenario without problems, from which each test breaks one thing.</summary>
internal static class Checked
{
    public static ScenarioDefinition Sound { get; } =
        new()
        {
            Name = "Code review",
            Learner = "developer",
            Roles = [new RoleDefinition("developer"), new RoleDefinition("reviewer")],
            Facts = [Fact("leak", Audience.Of(["reviewer"]))],
            Limits = new ScenarioLimits(Turns: 20),
            States =
            [
                new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition("explain")] },
                new StateDefinition("explain", NodeType.Action)
                {
                    Roles = ["developer"],
                    Prompts = ["Explain your change."],
                    Next = [new TransitionDefinition("review")],
                },
                new StateDefinition("review", NodeType.Approval)
                {
                    Roles = ["reviewer"],
                    Prompts = ["Approve, or say what must change."],
                    Next = [When("good", "outcome == 'approve'"), When("explain", "visits.explain < 3"), Else("poor")],
                },
                new StateDefinition("good", NodeType.End) { Result = EndResult.Success },
                new StateDefinition("poor", NodeType.End) { Result = EndResult.Failure },
            ],
        };

    public static FactDefinition Fact(string name, Audience? knownTo = null) =>
        new(name, JsonSerializer.SerializeToElement("Line 12")) { KnownTo = knownTo };

    public static TransitionDefinition When(string to, string condition) => new(to, TransitionKind.When, condition);

    public static TransitionDefinition Else(string to) => new(to, TransitionKind.Else);

    public static StateDefinition State(string name) => Sound.State(name)!;

    /// <summary>The sound scenario with states in the place of those of the same name, or after the others.</summary>
    public static ScenarioDefinition With(params StateDefinition[] states) => Sound.With(states);

    public static ScenarioDefinition With(this ScenarioDefinition definition, params StateDefinition[] states)
    {
        var kept = definition.States.Select(state => states.FirstOrDefault(one => one.Name == state.Name) ?? state);
        var added = states.Where(state => definition.State(state.Name) is null);
        return definition with { States = [.. kept, .. added] };
    }

    /// <summary>The sound scenario, where the reviewer directs and the action leads on like this.</summary>
    public static ScenarioDefinition Leading(params TransitionDefinition[] next) =>
        With(State("explain") with { Next = next }) with
        {
            Roles = [new RoleDefinition("developer"), new RoleDefinition("reviewer") { IsDirector = true }],
        };

    public static void HasError(ScenarioDefinition definition, string path, string named) =>
        Has(definition, ProblemSeverity.Error, path, named);

    /// <summary>It has this problem and no other.</summary>
    public static void IsAll(ScenarioDefinition definition, ProblemSeverity severity, string path, string named)
    {
        Assert.Single(ScenarioChecks.Of(definition));
        Has(definition, severity, path, named);
    }

    private static void Has(ScenarioDefinition definition, ProblemSeverity severity, string path, string named) =>
        Assert.Contains(
            ScenarioChecks.Of(definition),
            one => one.Severity == severity && one.Path == path && one.Message.Contains(named, StringComparison.Ordinal)
        );
}
