using System.Collections.Immutable;
using System.Text.Json;
using Republic.Core;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Tests.Unit.Episodes;

/// <summary>Scenarios and events made at random, the same for the same seed.</summary>
internal sealed class RandomEpisodes(int seed)
{
    private static readonly string[] Names = ["ann", "bob", "cid", "dan", "eve"];
    private readonly SeededRandom random = new((ulong)seed);

    public string Pick(IReadOnlyList<string> names) => names[random.Next(names.Count)];

    public int Next(int below) => random.Next(below);

    public ScenarioDefinition Scenario()
    {
        var roles = Names[..(2 + random.Next(4))];
        List<StateDefinition> states = [new("begin", NodeType.Start) { Next = [new TransitionDefinition("s0")] }];
        var count = 1 + random.Next(5);
        for (var i = 0; i < count; i++)
        {
            states.Add(State(i, count, roles));
        }

        states.Add(new("over", NodeType.End) { Result = EndResult.Success });
        return new ScenarioDefinition
        {
            Name = "Random",
            Roles = [.. roles.Select((name, i) => new RoleDefinition(name) { IsDirector = i == roles.Length - 1 && random.Next(3) == 0 })],
            Facts =
            [
                .. roles.Select(name => new FactDefinition($"of_{name}", Text($"canary-fact-{name}")) { KnownTo = Audience.Of([name]) }),
                new FactDefinition("of_nobody", Text("canary-fact-nobody")),
            ],
            Limits = new ScenarioLimits(Turns: 30),
            States = states,
        };
    }

    private StateDefinition State(int index, int count, string[] roles)
    {
        string[] acting = [.. roles.Where(_ => random.Next(2) == 0).DefaultIfEmpty(roles[0])];
        Audience?[] audiences = [null, Audience.All, Audience.Present, Audience.Of([Pick(roles)])];
        var type = random.Next(6) switch
        {
            0 => NodeType.Decision,
            1 => NodeType.Approval,
            _ => NodeType.Action,
        };
        return new($"s{index}", type)
        {
            Roles =
                type == NodeType.Decision ? []
                : type == NodeType.Approval ? [acting[0]]
                : acting,
            Prompts = ["Say something."],
            Turn = (TurnRule)random.Next(4),
            Rounds = 1 + random.Next(3),
            Audience = audiences[random.Next(audiences.Length)],
            Next =
            [
                .. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Transition(count)),
                new TransitionDefinition("over", TransitionKind.Else),
            ],
        };
    }

    private TransitionDefinition Transition(int count)
    {
        string[] conditions =
        [
            "turn > 5",
            "outcome == \"approve\"",
            "visits.s0 < 3",
            "random < 0.5",
            "facts.of_ann == \"x\"",
            "score > 0.5",
            "size(step.text) > 20",
        ];
        var to = random.Next(3) == 0 ? "over" : $"s{random.Next(count)}";
        return random.Next(5) switch
        {
            0 => new(to, TransitionKind.Ask, "Is it so?"),
            1 => new(to, TransitionKind.Manual, "Go"),
            _ => new(to, TransitionKind.When, Pick(conditions)) { MaxVisits = random.Next(2) == 0 ? 1 + random.Next(3) : null },
        };
    }

    public EpisodeEvent.Started Start(EpisodeMachine machine) =>
        new(
            machine.Roles.ToImmutableSortedDictionary(
                role => role,
                role => new CastMember(EpisodeScenarios.PlayerOf(role), random.Next(3) == 0)
            ),
            new ScenarioLimits(),
            ImmutableSortedDictionary<string, JsonElement>.Empty
        );

    /// <summary>An event that fits the state, or might.</summary>
    /// <param name="text">What is said in it.</param>
    public EpisodeEvent Fitting(EpisodeMachine machine, EpisodeState state, string text)
    {
        if (random.Next(8) == 0)
        {
            return Any(machine, state, text);
        }

        var label = machine.LabelsOf(state) is { Count: > 0 } labels ? labels[random.Next(labels.Count)] : null;
        return state.Phase switch
        {
            EpisodePhase.Ready => Start(machine),
            _ when state.IsPaused => new EpisodeEvent.Resumed(default, null),
            EpisodePhase.Asking when random.Next(8) == 0 => new EpisodeEvent.CallsAwaited(state.Ask ?? 0, 0.01m, 5),
            EpisodePhase.Deciding => new EpisodeEvent.CallsDecided(state.Ask ?? 0),
            EpisodePhase.Asking => new EpisodeEvent.StepDone(
                state.Ask ?? 0,
                state.Role!,
                EpisodeScenarios.PlayerOf(state.Role!),
                text,
                label,
                0.5,
                0.01m,
                10
            ),
            EpisodePhase.Waiting => new EpisodeEvent.PersonActed(state.Role!, state.Cast[state.Role!].Citizen, text, label, null),
            EpisodePhase.Judging => new EpisodeEvent.Judged(
                state.Ask ?? 0,
                machine.QuestionsOf(state) is { Count: > 0 } asked && random.Next(2) == 0 ? asked[0] : null,
                0,
                0
            ),
            EpisodePhase.Choosing or EpisodePhase.Stuck when machine.ChoicesOf(state) is { Count: > 0 } choices => new EpisodeEvent.Chosen(
                choices[random.Next(choices.Count)],
                default
            ),
            EpisodePhase.Limited => new EpisodeEvent.Stopped(default),
            _ => new EpisodeEvent.Resumed(default, null),
        };
    }

    /// <summary>Any event, whatever the state.</summary>
    public EpisodeEvent Any(EpisodeMachine machine, EpisodeState state, string text)
    {
        var role = random.Next(10) == 0 ? "nobody" : Pick(machine.Roles);
        var ask = random.Next(2) == 0 ? state.Ask ?? 1 : random.Next(50);
        var id = EpisodeScenarios.PlayerOf(role);
        return random.Next(18) switch
        {
            0 => Start(machine),
            1 => new EpisodeEvent.StepDone(ask, state.Role ?? role, id, text, "approve", null, 0.1m, 5),
            2 => new EpisodeEvent.StepFailed(ask, "Away", 0.1m, 5),
            3 => new EpisodeEvent.PersonActed(state.Role ?? role, id, text, random.Next(2) == 0 ? "reject" : null, 0.1),
            4 => new EpisodeEvent.PersonActed(role, id, text, null, null) { InsteadOf = true, Edge = random.Next(6) - 1 },
            5 => new EpisodeEvent.Judged(ask, random.Next(5), 0, 0),
            6 => new EpisodeEvent.Chosen(random.Next(6) - 1, default),
            7 => new EpisodeEvent.Paused(default, null),
            8 => new EpisodeEvent.Resumed(default, random.Next(2) == 0 ? null : new ScenarioLimits(random.Next(60) + 1)),
            9 => new EpisodeEvent.OneStep(default),
            10 => new EpisodeEvent.Injected(default, text, null, null, [role]),
            11 => new EpisodeEvent.Swapped(
                default,
                role,
                new CastMember(random.Next(2) == 0 ? id : EpisodeScenarios.PlayerOf("else"), random.Next(2) == 0)
            ),
            12 => new EpisodeEvent.LimitReached(ask, (LimitKind)random.Next(4)),
            13 => new EpisodeEvent.TimedOut(),
            14 => new EpisodeEvent.Gone(role, id),
            15 => new EpisodeEvent.CallsAwaited(ask, 0.2m, 20),
            16 => new EpisodeEvent.CallsDecided(ask),
            _ => new EpisodeEvent.Forked(default, default),
        };
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);
}
