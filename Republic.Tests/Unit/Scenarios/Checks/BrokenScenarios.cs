using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Scenarios.Checks;

/// <summary>Definitions in which hardly anything is right.</summary>
internal static class BrokenScenarios
{
    private static readonly string[] Names = ["begin", "review", "good", "Not a name", "", "ghost_of_a_name", "a.b[0]"];
    private static readonly string?[] Conditions =
    [
        null,
        "",
        "true",
        "false",
        "1",
        "turn >",
        "visits.review < 3",
        "facts.begin",
        "shout(step.mood)",
        "[1, 2].exists(x, x == turn)",
        "1 / 0 == 1",
        new string('(', 900),
        new string('x', 1200),
    ];

    /// <summary>The same one for the same seed.</summary>
    public static ScenarioDefinition Make(int seed)
    {
        var random = new SeededRandom((ulong)seed);
        return new ScenarioDefinition
        {
            Name = One(Names, random),
            Learner = random.Next(2) == 0 ? null : One(Names, random),
            Roles = [.. Some(random, () => new RoleDefinition(One(Names, random)) { IsDirector = random.Next(4) == 0 })],
            Facts = [.. Some(random, () => new FactDefinition(One(Names, random), Value(random)) { KnownTo = Hearers(random) })],
            Limits = new ScenarioLimits(Turns: random.Next(2) == 0 ? null : random.Next(5) - 1),
            States = [.. Some(random, () => AnyState(random))],
        };
    }

    private static StateDefinition AnyState(SeededRandom random) =>
        new(One(Names, random), (NodeType)random.Next(5))
        {
            Roles = [.. Some(random, () => One(Names, random))],
            Prompts = [.. Some(random, () => "Say something.")],
            Turn = random.Next(2) == 0 ? null : (TurnRule)random.Next(4),
            Rounds = random.Next(2) == 0 ? null : random.Next(4) - 1,
            Audience = Hearers(random),
            Result = random.Next(2) == 0 ? null : (EndResult)random.Next(3),
            Next =
            [
                .. Some(
                    random,
                    () =>
                        new TransitionDefinition(One(Names, random), (TransitionKind)random.Next(5), One(Conditions, random))
                        {
                            MaxVisits = random.Next(3) == 0 ? random.Next(3) : null,
                        }
                ),
            ],
        };

    private static Audience? Hearers(SeededRandom random) =>
        random.Next(4) switch
        {
            0 => null,
            1 => Audience.All,
            2 => Audience.Present,
            _ => Audience.Of([.. Some(random, () => One(Names, random))]),
        };

    private static JsonElement Value(SeededRandom random) =>
        random.Next(4) switch
        {
            0 => default,
            1 => JsonSerializer.SerializeToElement("text"),
            2 => JsonSerializer.SerializeToElement(new { nested = 1 }),
            _ => JsonSerializer.SerializeToElement(new object[] { 1, true, 0.5, "x" }),
        };

    private static IEnumerable<T> Some<T>(SeededRandom random, Func<T> make) =>
        Enumerable.Range(0, random.Next(6)).Select(_ => make()).ToList();

    private static T One<T>(T[] of, SeededRandom random) => of[random.Next(of.Length)];
}
