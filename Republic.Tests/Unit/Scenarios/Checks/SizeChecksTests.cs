using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using static Republic.Tests.Unit.Scenarios.Checks.Checked;

namespace Republic.Tests.Unit.Scenarios.Checks;

public sealed class SizeChecksTests
{
    [Fact]
    public void A_scenario_without_a_name() => IsAll(Sound with { Name = " " }, ProblemSeverity.Error, "name", "no name");

    [Fact]
    public void Too_many_roles()
    {
        var more = Enumerable.Range(1, 11).Select(i => new RoleDefinition($"guest_{i}"));

        HasError(Sound with { Roles = [.. Sound.Roles, .. more] }, "roles", "13 roles");
    }

    [Fact]
    public void Too_many_facts()
    {
        var facts = Enumerable.Range(1, 101).Select(i => Fact($"fact_{i}", Audience.All));

        IsAll(Sound with { Facts = [.. facts] }, ProblemSeverity.Error, "facts", "101 facts");
    }

    [Fact]
    public void Too_many_states()
    {
        var more = Enumerable.Range(1, 56).Select(i => new StateDefinition($"end_{i}", NodeType.End));

        HasError(With([.. more]), "states", "61 states");
    }

    [Fact]
    public void Too_few_states() => HasError(Sound with { States = [State("good")] }, "states", "There is 1 state,");

    [Fact]
    public void A_name_that_is_none() =>
        IsAll(
            Sound with
            {
                Roles = [.. Sound.Roles, new RoleDefinition("The Judge") { IsDirector = true }],
            },
            ProblemSeverity.Error,
            "roles.The Judge",
            "“The Judge”"
        );

    [Fact]
    public void A_name_that_two_have() =>
        IsAll(Sound with { Facts = [.. Sound.Facts, .. Sound.Facts] }, ProblemSeverity.Error, "facts.leak", "“Leak”");
}
