using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Scenarios.Yaml;

/// <summary>Makes scenarios that obey the schema, with texts that are hard to write as YAML; the same for the same seed.</summary>
internal sealed class ScenarioGenerator(ulong seed)
{
    /// <summary>What means something else in YAML when it stands there as it is.</summary>
    public static readonly IReadOnlyList<string> Texts =
    [
        "plain words",
        "yes",
        "No",
        "null",
        "~",
        "true",
        "FALSE",
        "1.0",
        "-7",
        "+3",
        "0x1F",
        "0o17",
        "1e3",
        ".inf",
        ".NaN",
        "12:30:45",
        "2026-11-26",
        " a ",
        "a: b",
        "a:",
        "a:b",
        "a #b",
        "a# b",
        "#x",
        "- x",
        "-",
        "-x",
        "? x",
        ": x",
        "---",
        "...",
        "%x",
        "@x",
        "`x`",
        "&x",
        "*x",
        "!x",
        "|",
        ">",
        "<<",
        "=",
        "{a: b}",
        "[a, b]",
        "a, b",
        "a]",
        "\"quoted\"",
        "'quoted'",
        "it's",
        "back\\slash",
        "\\n",
        "😀",
        "e\u0301té",
        "\t",
        "a\tb",
        "\ta",
        "a\t",
        "\n",
        "\n\n",
        "a\n",
        "a\n\n",
        "\na",
        "a\nb",
        "a\n\nb",
        "a\n b\n",
        " a\nb",
        "a \nb ",
        "a\n  \nb",
        "a\n\tb",
        "a\n# b\n",
        "a\n---\nb",
        "a\r\nb\r\n",
        "a\rb",
        "a\u2028b",
        "a\u2029",
        "\u00A0a\u00A0",
        "\uFEFFa",
        "a\uFEFF",
        "\uFFFEa\uFFFF",
        "outcome == \"approve\" && visits.a < 3",
        new('l', 1500),
    ];

    private static readonly IReadOnlyList<string> Names = ["a", "null", "true", "false", "yes", "no", "y", "on", "x_", "review", "a1"];

    private ulong state = seed;

    public ScenarioDefinition Make() =>
        new()
        {
            Name = Text(ScenarioRules.LongestName, 1),
            Description = Maybe(() => Text(ScenarioRules.LongestText)),
            Learner = Maybe(Name),
            Roles = [.. Some(0, Names.Count).Select(Role)],
            Facts = [.. Some(0, Names.Count).Select(name => new FactDefinition(name, Fact()) { KnownTo = Maybe(KnownTo) })],
            Limits = new ScenarioLimits(
                Chance() ? 1 + Below(ScenarioRules.MostTurns) : null,
                Chance() ? 1 + Below(ScenarioRules.MostMinutes) : null,
                Chance() ? Below(100_000) / 64m : null,
                Chance() ? ScenarioRules.MostTokens - Below(1000) : null
            ),
            States = [.. Some(ScenarioRules.FewestStates, Names.Count).Select(State)],
        };

    private RoleDefinition Role(string name) =>
        new(name)
        {
            Description = Maybe(() => Text(ScenarioRules.LongestText)),
            Model = Maybe(() => Text(ScenarioRules.LongestModel)),
            IsPinned = Chance(),
            Kind = OneOf(Enum.GetValues<RoleKind>()),
            IsDirector = Chance(),
        };

    private StateDefinition State(string name)
    {
        var type = OneOf(Enum.GetValues<NodeType>());
        var made = new StateDefinition(name, type) { Description = Maybe(() => Text(ScenarioRules.LongestText)) };
        if (type == NodeType.End)
        {
            return made with { Result = Chance() ? OneOf(Enum.GetValues<EndResult>()) : null };
        }

        made = made with { Next = Transitions() };
        if (type is not (NodeType.Action or NodeType.Approval))
        {
            return made;
        }

        var acts = made with
        {
            Roles = type == NodeType.Approval ? [Name()] : Some(1, Names.Count),
            Prompts = [.. Enumerable.Range(0, 1 + Below(4)).Select(_ => Text(ScenarioRules.LongestPrompt, 1))],
            Audience = Maybe(KnownTo),
            Capability = Maybe(() => Text(ScenarioRules.LongestCapability, 1)),
        };
        return type == NodeType.Approval
            ? acts with
            {
                TimeoutHours = Chance() ? OneOf<double>([0.5, 48, ScenarioRules.MostTimeoutHours, 0.1 + 0.2, 1.0 / 3, 1e-300]) : null,
            }
            : acts with
            {
                Turn = Chance() ? OneOf(Enum.GetValues<TurnRule>()) : null,
                Rounds = Chance() ? 1 + Below(ScenarioRules.MostRounds) : null,
            };
    }

    private IReadOnlyList<TransitionDefinition> Transitions()
    {
        var count = 1 + Below(4);
        return [.. Enumerable.Range(0, count).Select(_ => Transition(OneOf(Enum.GetValues<TransitionKind>()[(count == 1 ? 0 : 1)..])))];
    }

    private TransitionDefinition Transition(TransitionKind kind) =>
        new(Name(), kind, kind is TransitionKind.Always or TransitionKind.Else ? null : Text(ScenarioRules.LongestLabel, 1))
        {
            Note = Maybe(() => Text(ScenarioRules.LongestNote)),
            MaxVisits = Chance() ? 1 + Below(ScenarioRules.MostVisits) : null,
        };

    private JsonElement Fact() =>
        Below(6) == 0 ? JsonSerializer.SerializeToElement(Enumerable.Range(0, Below(5)).Select(_ => Scalar()))
        : Below(6) == 0 ? JsonSerializer.SerializeToElement<object?>(null)
        : Scalar();

    private JsonElement Scalar() =>
        Below(4) switch
        {
            0 => JsonSerializer.SerializeToElement(Chance()),
            1 => JsonSerializer.SerializeToElement(
                OneOf<decimal>([0m, -1.5m, 42m, 0.0000001m, 79228162514264337593543950335m, 0.1234567890123456789012345678m])
            ),
            _ => JsonSerializer.SerializeToElement(Text(ScenarioRules.LongestFact)),
        };

    private Audience KnownTo() => Chance() ? Audience.All : Audience.Of(Some(1, Names.Count));

    private IReadOnlyList<string> Some(int fewest, int most)
    {
        var left = Names.ToList();
        List<string> some = [];
        for (var count = fewest + Below(most - fewest + 1); count > 0; count--)
        {
            some.Add(OneOf(left));
            left.Remove(some[^1]);
        }

        return some;
    }

    private string Name() => OneOf(Names);

    private string Text(int longest, int shortest = 0)
    {
        var text = string.Concat(Enumerable.Range(0, Below(4)).Select(_ => OneOf(Texts))).AtMost(longest);
        return text.Length < shortest ? "x" : text;
    }

    private T? Maybe<T>(Func<T> make)
        where T : class => Chance() ? make() : null;

    private T OneOf<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private bool Chance() => Below(2) == 0;

    // Knuth's linear congruential generator.
    private int Below(int most)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)most);
    }
}
