namespace Republic.Tests.Unit.Episodes;

/// <summary>Scenarios that tests read and play.</summary>
internal static class EpisodeScenarios
{
    public const string CodeReview = """
        republic: scenario/1
        name: Code review
        learner: developer
        roles:
          developer: {description: Wrote the change}
          reviewer: {description: Experienced developer}
        facts:
          leak: {value: Line 12 leaks a handle, known_to: [reviewer]}
        limits: {turns: 20, minutes: 30, cost: 0.50}
        states:
          begin: {type: start, next: [{to: explain}]}
          explain: {type: action, roles: [developer], prompts: [Explain your change.], next: [{to: review}]}
          review:
            type: approval
            roles: [reviewer]
            prompts: ["Approve, or say what must change."]
            audience: [developer]
            capability: code-review
            next:
              - {to: good, when: 'outcome == "approve"'}
              - {to: explain, when: visits.explain < 3}
              - {to: poor, else: true}
          good: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    /// <summary>A step whose score decides how it ends.</summary>
    public const string Rated = """
        republic: scenario/1
        name: Rated
        roles: {writer: {}}
        states:
          begin: {type: start, next: [{to: draft}]}
          draft: {type: action, roles: [writer], prompts: [Write it.], next: [{to: good, when: score > 0.5}, {to: poor, else: true}]}
          good: {type: end, result: success}
          poor: {type: end, result: failure}
        """;

    /// <summary>The one who plays a role.</summary>
    public static Guid PlayerOf(string role) => new(role.PadRight(16)[..16].Select(letter => (byte)letter).ToArray());

    /// <summary>One state in which roles a, b and c act, and its only end.</summary>
    /// <param name="state">More fields of that state.</param>
    /// <param name="next">Its transitions.</param>
    public static string Three(string state, string next = "[{to: over}]", string roles = "", string more = "") =>
        $$"""
            republic: scenario/1
            name: Three
            roles: {a: {}, b: {}, c: {}{{roles}}}
            {{more}}
            states:
              begin: {type: start, next: [{to: talk}]}
              talk: {type: action, roles: [a, b, c], prompts: [Talk.], {{state}} next: {{next}}}
              other: {type: end, result: failure}
              over: {type: end, result: success}
            """;
}
