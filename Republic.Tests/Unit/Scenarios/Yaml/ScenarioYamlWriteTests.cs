using System.Text.Json;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Templates;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Tests.Unit.Scenarios.Yaml;

/// <summary>The canonical text says exactly what the definition does, and each definition has one.</summary>
public sealed class ScenarioYamlWriteTests
{
    [Theory]
    [InlineData("code-review")]
    [InlineData("debate")]
    [InlineData("interview")]
    [InlineData("research")]
    public void A_template_is_canonical_to_the_byte(string key)
    {
        using var stream = typeof(ScenarioTemplates).Assembly.GetManifestResourceStream($"Republic.Core.Scenarios.Templates.{key}.yaml")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();

        Assert.Equal(text, ScenarioYaml.Write(ScenarioYaml.Read(text).Definition!));
    }

    [Fact]
    public void Every_text_is_the_same_after_it_was_written_and_read()
    {
        foreach (var text in ScenarioGenerator.Texts)
        {
            var fact = new FactDefinition("x", JsonSerializer.SerializeToElement(new[] { text, text }));
            Holds(
                Blank with
                {
                    Name = text.Length > ScenarioRules.LongestName ? "Long" : text,
                    Description = text,
                    Facts = [fact, fact with { Name = "y", Value = JsonSerializer.SerializeToElement(text) }],
                }
            );
        }
    }

    [Fact]
    public void Every_scenario_is_the_same_after_it_was_written_and_read()
    {
        for (var seed = 1UL; seed <= 300; seed++)
        {
            Holds(new ScenarioGenerator(seed).Make());
        }
    }

    [Fact]
    public void A_scenario_has_one_text()
    {
        var present = Blank with { States = [.. Blank.States.Select(state => state with { Audience = Audience.Present })] };

        Assert.Equal(ScenarioYaml.Write(Blank), ScenarioYaml.Write(present));
    }

    [Fact]
    public void What_says_nothing_is_left_out()
    {
        var full = Blank with { Roles = [new RoleDefinition("a")], Facts = [], Limits = new ScenarioLimits(Cost: 0.50m) };

        Assert.Equal(
            """
            republic: scenario/1
            name: Blank
            roles:
              a: {}
            limits:
              cost: 0.5
            states:
              begin:
                type: start
                next:
                  - to: done
              done:
                type: end

            """,
            ScenarioYaml.Write(full)
        );
    }

    [Fact]
    public void A_text_of_several_lines_stands_as_it_is_and_what_could_be_misread_in_quotes()
    {
        var yaml = ScenarioYaml.Write(Blank with { Name = "12", Description = "First.\n\n  Second: \"x\"\n", Learner = "null" });

        Assert.StartsWith(
            "republic: scenario/1\nname: \"12\"\ndescription: |\n  First.\n\n    Second: \"x\"\nlearner: \"null\"\nstates:\n",
            yaml,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_draft_that_is_unfinished_is_written_as_it_is()
    {
        var draft = new ScenarioDefinition
        {
            Name = "",
            States =
            [
                new StateDefinition("act", NodeType.Action)
                {
                    Next = [new TransitionDefinition("act"), new TransitionDefinition("gone", TransitionKind.When)],
                },
            ],
        };

        var yaml = ScenarioYaml.Write(draft);

        Assert.Equal(
            """
            republic: scenario/1
            name: ""
            states:
              act:
                type: action
                next:
                  - to: act
                  - to: gone
                    when: ""

            """,
            yaml
        );
        Assert.Null(ScenarioYaml.Read(yaml).Definition);
        Assert.Equal("republic: scenario/1\nname: x\nstates: {}\n", ScenarioYaml.Write(new ScenarioDefinition { Name = "x" }));
    }

    private static ScenarioDefinition Blank =>
        new()
        {
            Name = "Blank",
            States =
            [
                new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition("done")] },
                new StateDefinition("done", NodeType.End),
            ],
        };

    private static void Holds(ScenarioDefinition definition)
    {
        var yaml = ScenarioYaml.Write(definition);
        var read = ScenarioYaml.Read(yaml);
        Assert.True(read.Definition is not null, $"{string.Join('\n', read.Problems)}\n{yaml}");
        Assert.Equal(JsonSerializer.Serialize(definition), JsonSerializer.Serialize(read.Definition));
        Assert.Equal(yaml, ScenarioYaml.Write(read.Definition));
    }
}
