using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Tests.Unit.Scenarios.Yaml;

/// <summary>What is wrong with a text, and where it stands.</summary>
public sealed class ScenarioYamlReadTests
{
    private const string Good = """
        republic: scenario/1
        name: Test
        states:
          begin:
            type: start
            next:
              - to: done
          done:
            type: end

        """;

    [Fact]
    public void A_text_that_obeys_the_schema_is_read() => Assert.NotNull(ScenarioYaml.Read(Good).Definition);

    [Theory]
    [InlineData("republic: scenario/1", "republic: scenario/2", 1, 11, "republic", "format")]
    [InlineData("name: Test\n", "", 1, 1, "", "has no name")]
    [InlineData("name: Test", "nam: Test", 2, 1, "", "Did you mean name?")]
    [InlineData("name: Test", "name: Test\ncolour: red", 3, 1, "", "no field “colour”")]
    [InlineData("name: Test", "name: 12", 2, 7, "name", "quotes")]
    [InlineData("name: Test", "name: ~", 2, 7, "name", "quotes")]
    [InlineData("name: Test", "name: \"\"", 2, 7, "name", "empty")]
    [InlineData("name: Test", "name: [Test]", 2, 7, "name", "is a text")]
    [InlineData("name: Test", "name: Test\ndescription: ~", 3, 14, "description", "quotes")]
    [InlineData("name: Test", "name: Test\nlearner: Dev Eloper", 3, 10, "learner", "small letter")]
    [InlineData("name: Test", "name: Test\nlearner: null", 3, 10, "learner", "Put null in quotes")]
    [InlineData("name: Test", "name: Test\nroles: ~", 3, 8, "roles", "by their names")]
    [InlineData("name: Test", "name: Test\nroles: {a: {kind: dog}}", 3, 19, "roles.a.kind", "any, person, minion")]
    [InlineData("name: Test", "name: Test\nroles: {a: {pin: 1}}", 3, 18, "roles.a.pin", "true or false")]
    [InlineData("name: Test", "name: Test\nfacts: {x: {value: .inf}}", 3, 20, "facts.x.value", "infinite")]
    [InlineData("name: Test", "name: Test\nfacts: {x: {value: {}}}", 3, 20, "facts.x.value", "A fact is")]
    [InlineData("name: Test", "name: Test\nfacts: {x: {value: [~]}}", 3, 20, "facts.x.value", "A fact is")]
    [InlineData("name: Test", "name: Test\nfacts: {x: {known_to: all}}", 3, 12, "facts.x", "has no value")]
    [InlineData("name: Test", "name: Test\nlimits: {turns: 0}", 3, 17, "limits.turns", "from 1 to")]
    [InlineData("name: Test", "name: Test\nlimits: {turns: 1.5}", 3, 17, "limits.turns", "whole number")]
    [InlineData("type: start", "type: stat", 5, 11, "states.begin.type", "start, action")]
    [InlineData("    next:\n      - to: done\n", "", 5, 5, "states.begin", "states.begin has no next. Say where it leads")]
    [InlineData("- to: done", "- to: done\n      - to: done", 8, 9, "states.begin.next[1].when", "Add one")]
    [InlineData("- to: done", "- to: done\n        when: a\n        ask: b", 7, 9, "states.begin.next[0].ask", "Keep one")]
    [InlineData("- to: done", "- {to: done, else: false}", 7, 26, "states.begin.next[0].else", "is true")]
    [InlineData("- to: done", "- {to: done, max_visits: 0}", 7, 32, "states.begin.next[0].max_visits", "from 1 to")]
    [InlineData("- to: done", "- done", 7, 9, "states.begin.next[0]", "has fields")]
    [InlineData("type: end", "type: end\n    next: [{to: begin}]", 10, 5, "states.done", "no field “next”")]
    [InlineData("type: end", "type: end\n    result: won", 10, 13, "states.done.result", "success, failure, neutral")]
    [InlineData("  done:", "  Done:", 8, 3, "states.Done", "small letter")]
    [InlineData("type: start", "type: approval\n    roles: [a, b]\n    prompts: [x]", 6, 12, "states.begin.roles", "One role approves")]
    [InlineData("type: start", "type: action\n    roles: [a, a]\n    prompts: [x]", 6, 16, "states.begin.roles[1]", "twice")]
    [InlineData("type: start", "type: action\n    roles: [a]\n    prompts: [x, ~]", 7, 18, "states.begin.prompts[1]", "quotes")]
    [InlineData("type: start", "type: approval\n    timeout_hours: 0", 6, 20, "states.begin.timeout_hours", "above 0")]
    public void What_breaks_the_schema_is_named_where_it_stands(
        string part,
        string wrong,
        int line,
        int column,
        string path,
        string message
    )
    {
        Assert.Contains(part, Good, StringComparison.Ordinal);

        var read = ScenarioYaml.Read(Good.Replace(part, wrong, StringComparison.Ordinal));

        Assert.Null(read.Definition);
        Assert.Contains(read.Problems, problem => Stands(problem, line, column) && problem.Path == path && Says(problem, message));
        Assert.All(read.Problems, problem => Assert.True(problem.IsError));
    }

    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("just words", 1, 1, "has fields")]
    [InlineData("name: &a Test", 1, 7, "anchor")]
    [InlineData("name: *a", 1, 7, "alias")]
    [InlineData("name: !!str Test", 1, 7, "tag")]
    [InlineData("name: !mine Test", 1, 7, "tag")]
    [InlineData("name: Test\n<<: {x: y}", 2, 1, "merges")]
    [InlineData("name: a\nname: b", 2, 1, "a second time")]
    [InlineData("name: a\n\"name\": b", 2, 1, "a second time")]
    [InlineData("? [a]\n: b", 1, 3, "cannot be a key")]
    [InlineData("name: a\n---\nname: b", 2, 1, "second document")]
    [InlineData("%YAML 1.2\n---\nname: a", 1, 1, "directive")]
    [InlineData("%TAG ! tag:example.org,2026:\n---\nname: a", 1, 1, "directive")]
    [InlineData("# remark\r\nname: a\0b", 2, 8, "control character")]
    [InlineData("name: a\rb: \u0007", 2, 4, "control character")]
    [InlineData("name: \"a\\0b\"", 1, 7, "control character")]
    [InlineData("name: a\u2028b", 1, 8, "ends in an unusual way")]
    [InlineData("name: \"open", 1, 7, "no YAML")]
    [InlineData("states:\n\tbegin: a", 2, 1, "no YAML")]
    public void What_is_no_text_of_a_scenario_is_refused_where_it_stands(string yaml, int line, int column, string message)
    {
        var read = ScenarioYaml.Read(yaml);

        Assert.Null(read.Definition);
        Assert.Contains(read.Problems, problem => Stands(problem, line, column) && Says(problem, message));
    }

    [Fact]
    public void Half_a_character_is_refused_where_it_stands()
    {
        foreach (var half in new[] { '\ud83d', '\ude00' })
        {
            var read = ScenarioYaml.Read($"name: \ud83d\ude00{half}");

            Assert.Null(read.Definition);
            Assert.True(Stands(Assert.Single(read.Problems), 1, 9), $"{read.Problems[0].Line}, {read.Problems[0].Column}");
        }
    }

    [Theory]
    [InlineData("name: [")]
    [InlineData("name: {")]
    [InlineData("name: a: b")]
    [InlineData("name: a\n\tb: c")]
    [InlineData("name: !<%zz> a")]
    [InlineData("name: !<> a")]
    [InlineData("name: & a")]
    [InlineData("name: * a")]
    [InlineData("name: \"\\ud83d\"")]
    [InlineData("name: \"\\U7fffffff\"")]
    [InlineData("name: \"\\q\"")]
    [InlineData("name: |9x")]
    [InlineData("%YAML 9.9\n---\na: b")]
    [InlineData("%YAML\n---\na: b")]
    [InlineData("%TAG x y\n---\na: b")]
    [InlineData("- a\nb: c")]
    [InlineData("a: b\n- c")]
    [InlineData("]")]
    [InlineData("@")]
    [InlineData("? ")]
    [InlineData(": ")]
    [InlineData("---")]
    [InlineData("...")]
    public void Nothing_that_is_sent_makes_it_throw(string yaml)
    {
        var read = ScenarioYaml.Read(yaml);

        Assert.Null(read.Definition);
        Assert.All(read.Problems, problem => Assert.True(problem is { Line: >= 1, Column: >= 1, Message.Length: > 0 }));
        Assert.NotEmpty(read.Problems);
    }

    [Fact]
    public void Many_errors_are_told_at_once_but_at_most_fifty()
    {
        var wrong = string.Concat(Enumerable.Range(0, 80).Select(i => $"wrong_{i}: 1\n"));

        Assert.Equal(50, ScenarioYaml.Read(Good + wrong).Problems.Count);
    }

    [Fact]
    public void Lengths_are_counted_in_characters_and_not_in_their_halves()
    {
        Assert.NotNull(ScenarioYaml.Read(Named(120)).Definition);
        Assert.Null(ScenarioYaml.Read(Named(121)).Definition);

        static string Named(int length) =>
            Good.Replace("name: Test", "name: " + string.Concat(Enumerable.Repeat("😀", length)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_checks_find_stands_where_its_element_does()
    {
        var read = ScenarioYaml.Read(Good.Replace("- to: done", "- to: nowhere", StringComparison.Ordinal));

        Assert.NotNull(read.Definition);
        Assert.Contains(read.Problems, problem => problem is { IsError: true, Line: 7 } && Says(problem, "nowhere"));
        Assert.All(read.Problems, problem => Assert.NotNull(problem.Line));
    }

    private static bool Stands(ScenarioProblem problem, int line, int column) => problem.Line == line && problem.Column == column;

    private static bool Says(ScenarioProblem problem, string words) => problem.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
