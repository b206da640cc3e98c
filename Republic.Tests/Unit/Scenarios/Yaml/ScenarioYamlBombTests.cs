using System.Diagnostics;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Tests.Unit.Scenarios.Yaml;

/// <summary>Texts that are small, or as large as is allowed, and made to take long.</summary>
public sealed class ScenarioYamlBombTests
{
    private const string Good = "republic: scenario/1\nname: Test\nstates: {begin: {type: start, next: [{to: done}]}, done: {type: end}}\n";

    public static TheoryData<string> Bombs =>
        [
            "billion laughs",
            "brackets",
            "brackets in a field",
            "braces",
            "lists in lists",
            "keys on a line",
            "the same key",
            "different keys",
            "keys that are nearly right",
            "one word",
            "one text in quotes",
            "one block",
            "one block far to the right",
            "one comment",
            "spaces",
            "empty lines",
            "question marks",
            "colons",
            "nodes",
        ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void It_is_refused_soon(string bomb)
    {
        var yaml = Text(bomb);
        var watch = Stopwatch.StartNew();

        var read = ScenarioYaml.Read(yaml);

        Assert.Null(read.Definition);
        Assert.NotEmpty(read.Problems);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{bomb}: {watch.Elapsed}");
    }

    [Fact]
    public void It_may_have_256_KiB_and_not_one_byte_more()
    {
        var most = Good + new string('#', ScenarioYaml.MostBytes - Good.Length);

        Assert.NotNull(ScenarioYaml.Read(most).Definition);
        var problem = Assert.Single(ScenarioYaml.Read(most + "#").Problems);
        Assert.Contains("262,144", problem.Message, StringComparison.Ordinal);
        Assert.Equal("1, 1", $"{problem.Line}, {problem.Column}");
        // A letter of two bytes in the place of the last one.
        Assert.Null(ScenarioYaml.Read(most[..^1] + "é").Definition);
    }

    [Fact]
    public void It_is_as_deep_as_a_scenario_needs_and_refused_at_the_first_level_beyond()
    {
        var read = ScenarioYaml.Read("republic: " + new string('[', 10_000));

        var problem = Assert.Single(read.Problems);
        Assert.Equal("1, 31", $"{problem.Line}, {problem.Column}");
        Assert.Contains("too deep", problem.Message, StringComparison.Ordinal);
    }

    private static string Text(string bomb) =>
        bomb switch
        {
            "billion laughs" => "a: &a [x, x]\n"
                + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [*a, *a]\n")),
            "brackets" => new string('[', 10_000),
            "brackets in a field" => "name: " + Full("["),
            "braces" => Full("{a: "),
            "lists in lists" => Full("- "),
            "keys on a line" => Full("a: "),
            "the same key" => Full("a: \n"),
            "different keys" => string.Concat(Enumerable.Range(0, 24_000).Select(i => $"k{i}:\n")),
            "keys that are nearly right" => string.Concat(Enumerable.Range(0, 20_000).Select(i => $"stat{i}: \n")),
            "one word" => "name: " + Full("a"),
            "one text in quotes" => $"name: \"{Full("a ")}\"",
            "one block" => "name: |\n" + Full(" a\n"),
            "one block far to the right" => $"name: |\n{new string(' ', 100_000)}a\n",
            "one comment" => Full("#"),
            "spaces" => Full(" "),
            "empty lines" => Full("\n"),
            "question marks" => Full("? "),
            "colons" => Full(": "),
            _ => "name: [" + Full("a,") + "]",
        };

    private static string Full(string part) => string.Concat(Enumerable.Repeat(part, (ScenarioYaml.MostBytes - 20) / part.Length));
}
