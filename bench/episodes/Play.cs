namespace Republic.Bench;

/// <summary>A scenario that is played. Each episode has a number of its own, which all its roles know: the provider tells by it who asks.</summary>
/// <param name="Roles">Those that somebody plays.</param>
internal sealed record Play(string Yaml, params IReadOnlyList<string> Roles)
{
    private const string Head = """
        republic: scenario/1
        facts: {number: {value: 0, known_to: all}, secret: {value: Line 12 leaks a handle, known_to: [b]}}
        limits: {turns: 1000, minutes: 1440, cost: 1000, tokens: 100000000}

        """;

    private const string TalkYaml = """
        name: Long
        roles: {a: {}, b: {}}
        states:
          begin: {type: start, next: [{to: talk}]}
          talk:
            type: action
            roles: [a, b]
            rounds: 20
            prompts: [Say what comes next.]
            audience: all
            next: [{to: talk, when: visits.talk < 5}, {to: over, else: true}]
          over: {type: end, result: success}
        """;

    private const string ReviewYaml = """
        name: Review
        roles: {a: {description: Wrote the change}, b: {description: Experienced developer}}
        states:
          begin: {type: start, next: [{to: explain}]}
          explain: {type: action, roles: [a], prompts: [Explain your change.], next: [{to: review}]}
          review:
            type: approval
            roles: [b]
            prompts: ["Approve, or say what must change."]
            audience: [a]
            next:
              - {to: good, when: 'outcome == "approve" && visits.explain > 2'}
              - {to: explain, when: visits.explain < 8}
              - {to: poor, else: true}
          good: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    private const string PanelYaml = """
        name: Panel
        roles: {m: {}, a: {}, b: {}}
        states:
          begin: {type: start, next: [{to: panel}]}
          panel: {type: action, roles: [m, a, b], turn: moderator, rounds: 4, prompts: [What do you say to it?], audience: all, next: [{to: chance}]}
          chance: {type: decision, next: [{to: panel, when: random < 0.5 && visits.panel < 4}, {to: over, else: true}]}
          over: {type: end, result: success}
        """;

    private const string DirectedYaml = """
        name: Directed
        roles: {a: {}, b: {}, d: {director: true}}
        states:
          begin: {type: start, next: [{to: talk}]}
          talk:
            type: action
            roles: [a, b]
            rounds: 2
            prompts: [Say what comes next.]
            next: [{to: over, ask: Do they agree?}, {to: again, else: true}]
          again: {type: decision, next: [{to: talk, when: visits.talk < 5}, {to: poor, else: true}]}
          over: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    private const string RatedYaml = """
        name: Rated
        roles: {a: {}, b: {}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [a], prompts: [Write it.], audience: all, next: [{to: rate}]}
          rate:
            type: action
            roles: [b]
            prompts: [What do you think of it?]
            audience: all
            next: [{to: draft, when: score < 0.9 && visits.draft < 4}, {to: over, else: true}]
          over: {type: end, result: success}
        """;

    /// <summary>Two roles that act in turn, forty times in a visit, in five visits.</summary>
    public static Play Long { get; } = new(Head + TalkYaml, "a", "b");

    /// <summary>A review, a panel with a moderator and a chance, a talk with a director, and a draft that is rated.</summary>
    public static IReadOnlyList<Play> Short { get; } =
    [
        new(Head + ReviewYaml, "a", "b"),
        new(Head + PanelYaml, "m", "a", "b"),
        new(Head + DirectedYaml, "a", "b", "d"),
        new(Head + RatedYaml, "a", "b"),
    ];
}
