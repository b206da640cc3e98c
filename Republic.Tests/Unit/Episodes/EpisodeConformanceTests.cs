using System.Text.Json;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

/// <summary>
/// Machines that other engines are tested with, as scenarios: the flat ones of the SCXML test framework, the flows and switches of the Serverless Workflow
/// conformance kit, and the rules of a Choice in the Amazon States Language.
/// </summary>
public sealed class EpisodeConformanceTests
{
    /// <param name="machine">Transitions as <c>a foo,bar b</c>: from a to b by either event. <c>!</c> before an event is a guard that does not hold.</param>
    /// <param name="run">Events, each with the state that it leads to.</param>
    [Theory]
    [InlineData("basic0", "a", "")]
    [InlineData("basic1", "a t b", "t:b")]
    [InlineData("basic2", "a t b; b t2 c", "t:b t2:c")]
    [InlineData("initial1", "a t b", "t:b")]
    [InlineData("initial2", "a t b", "t:b")]
    [InlineData("m0, m1, m2", "a e1 b; b e2 a", "e1:b e2:a")]
    [InlineData("m3", "a e1 b; b e2 a; b e1 c", "e1:b e2:a e1:b e1:c")]
    [InlineData("documentOrder0", "a t b; a t c", "t:b")]
    [InlineData("cond test0, test2", "a t b", "t:b")]
    [InlineData("cond test1", "a !t f; a t b", "t:b")]
    [InlineData("several events of a transition", "a foo,bar,bat b; b foo,bar,bat c; c foo,bar,bat d", "foo:b bar:c bat:d")]
    [InlineData("star0", "a * b; a foo fail", "foo:b")]
    [InlineData(
        "prefixes",
        "a foo b; b foo.bar c; c foo.bar.bat d; d foo e; e foo.bar f; f foo.bar.bat g",
        "foo:b foo.bar:c foo.bar.bat:d foo.bar.bat:e foo:e foo.bar.bat:f foobar:f foo.bar.bat.bif:g"
    )]
    public void Flat_machines_of_scxml_go_where_their_suite_says(string name, string machine, string run)
    {
        var played = new PlayedMachine(Machine(machine));
        played.Start("world");
        Assert.Equal(("a", name), (played.State.Position.Current, name));

        foreach (var step in run.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(step => step.Split(':')))
        {
            played.Say(step[0]);
            Assert.Equal((step[0], step[1]), (step[0], played.State.Position.Current));
        }
    }

    [Theory]
    [InlineData("red green blue", "red>green green>blue blue>over")]
    [InlineData("red blue green", "red>green blue>over green>blue")]
    public void Tasks_run_in_the_order_of_their_flow_however_they_are_written(string tasks, string flow)
    {
        var next = flow.Split(' ').Select(one => one.Split('>')).ToDictionary(one => one[0], one => one[1]);
        var states = tasks.Split(' ').Select(task => Acting(task, [new TransitionDefinition(next[task])]));
        var played = new PlayedMachine(Scenario("red", [.. states]));
        played.Start();
        while (played.State.Phase == EpisodePhase.Asking)
        {
            played.Say(played.State.Position.Current!);
        }

        var ran = played.Entries.Select(entry => entry.Event).OfType<EpisodeEvent.StepDone>().Select(done => done.Text);
        Assert.Equal(["red", "green", "blue"], ran);
        Assert.Equal(EpisodeStatus.Completed, played.State.Status);
    }

    [Theory]
    [InlineData("red", true, "red")]
    [InlineData("yellow", false, "over")]
    [InlineData("yellow", true, "other")]
    public void A_switch_takes_its_first_case_that_holds_or_its_default(string colour, bool hasDefault, string to)
    {
        string[] colours = ["red", "green", "blue"];
        var choice = new StateDefinition("choose", NodeType.Decision)
        {
            Next =
            [
                .. colours.Select(one => new TransitionDefinition(one, TransitionKind.When, $"facts.colour == \"{one}\"")),
                new TransitionDefinition(hasDefault ? "other" : "over", TransitionKind.Else),
            ],
        };
        var states = colours.Append("other").Select(one => Acting(one, [new TransitionDefinition("over")]));
        var scenario = Scenario("choose", [choice, .. states]) with
        {
            Facts = [new FactDefinition("colour", JsonSerializer.SerializeToElement(colour))],
        };

        var played = new PlayedMachine(scenario).Start();

        Assert.Equal(to, played.State.Position.Current);
    }

    [Theory]
    [InlineData("\"first\" != \"\"", "first")]
    [InlineData("false", "second")]
    public void Of_several_choices_that_hold_the_first_is_taken(string first, string to) =>
        Assert.Equal(to, Chosen(new("first", TransitionKind.When, first), new("second", TransitionKind.When, "true")).Position.Current);

    [Fact]
    public void Where_no_choice_holds_the_default_is_taken_and_without_one_nothing_is()
    {
        Assert.Equal("second", Chosen(new("first", TransitionKind.When, "turn > 5"), new("second", TransitionKind.Else)).Position.Current);

        var stuck = Chosen(new TransitionDefinition("first", TransitionKind.When, "turn > 5"));
        Assert.Equal((EpisodeWait.Stuck, "choose"), (stuck.Wait, stuck.Position.Current));
    }

    private static EpisodeState Chosen(params TransitionDefinition[] next)
    {
        var choice = new StateDefinition("choose", NodeType.Decision) { Next = next };
        var states = new[] { "first", "second" }.Select(name => Acting(name, [new TransitionDefinition("over")]));
        return new PlayedMachine(Scenario("choose", [choice, .. states])).Start().State;
    }

    /// <summary>A state for each that is named, in which the world says what happens. What no transition is for leaves it where it is.</summary>
    private static ScenarioDefinition Machine(string machine)
    {
        var transitions = machine.Split(';').Select(one => one.Trim().Split(' ')).ToList();
        var names = transitions.SelectMany(one => one.Length == 3 ? [one[0], one[2]] : new[] { one[0] }).Distinct();
        return Scenario(
            "a",
            [
                .. names.Select(name =>
                    Acting(
                        name,
                        [
                            .. transitions
                                .Where(one => one.Length == 3 && one[0] == name)
                                .Select(one => new TransitionDefinition(one[2], TransitionKind.When, Condition(one[1]))),
                            new TransitionDefinition(name, TransitionKind.Else),
                        ]
                    )
                ),
            ]
        );
    }

    /// <summary>An event is meant by its name, and by names that begin with it and a dot.</summary>
    private static string Condition(string events) =>
        string.Join(
            " || ",
            events
                .Split(',')
                .Select(one =>
                    one == "*" ? "true"
                    : one[0] == '!' ? "false"
                    : $"(step.text == \"{one}\" || step.text.startsWith(\"{one}.\"))"
                )
        );

    private static StateDefinition Acting(string name, IReadOnlyList<TransitionDefinition> next) =>
        new(name, NodeType.Action)
        {
            Roles = ["world"],
            Prompts = ["What happens?"],
            Next = next,
        };

    private static ScenarioDefinition Scenario(string first, IReadOnlyList<StateDefinition> states) =>
        new()
        {
            Name = "Conformance",
            Roles = [new RoleDefinition("world")],
            States =
            [
                new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition(first)] },
                .. states,
                new StateDefinition("over", NodeType.End),
            ],
        };
}
