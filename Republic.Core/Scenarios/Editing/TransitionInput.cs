namespace Republic.Core.Scenarios.Editing;

/// <summary>The fields of a transition within its state, with the names of the JSON API in snake case.</summary>
public sealed record TransitionInput
{
    /// <summary>The name of the state that it leads to.</summary>
    public string? To { get; set; }

    /// <summary>What decides whether it is taken: always, when, ask, manual or else.</summary>
    public TransitionKind? Kind { get; set; }

    /// <summary>The condition, the question or the label, by the kind.</summary>
    public string? Condition { get; set; }

    public string? Note { get; set; }

    /// <summary>How often it is taken at most.</summary>
    public int? MaxVisits { get; set; }

    public static TransitionInput Of(StateTransition transition, string to) =>
        new()
        {
            To = to,
            Kind = transition.Kind,
            Condition = transition.Condition,
            Note = transition.Note,
            MaxVisits = transition.MaxVisits,
        };

    internal bool HasCondition => Kind is TransitionKind.When or TransitionKind.Ask or TransitionKind.Manual;

    /// <param name="prefix">What stands before the names of the fields, e.g. <c>next[1].</c>.</param>
    /// <param name="added">The name of the state that it is added with, which it may lead back to.</param>
    internal void Check(FieldRules rules, ScenarioChange change, string prefix, string? added = null)
    {
        if (To is null || (To != added && change.State(To) is null))
        {
            rules.Add(
                $"{prefix}to",
                To is { Length: > 0 } ? $"There is no state “{To}”. Choose another one." : "Choose the state that it leads to."
            );
        }

        if (Kind is not { } kind || !Enum.IsDefined(kind))
        {
            rules.Add($"{prefix}kind", "kind is always, when, ask, manual or else.");
        }

        var longest = Kind == TransitionKind.Manual ? ScenarioRules.LongestLabel : ScenarioRules.LongestCondition;
        rules.Text($"{prefix}condition", Kind == TransitionKind.Manual ? "The label" : "The condition", Condition, longest, isLine: false);
        rules.Text($"{prefix}note", "The note", Note, ScenarioRules.LongestNote, isLine: false);
        rules.Range($"{prefix}max_visits", "The number of visits", MaxVisits, 1, ScenarioRules.MostVisits);
    }

    /// <summary>Lays them over a row.</summary>
    internal void Lay(StateTransition transition, Guid to)
    {
        transition.ToStateId = to;
        transition.Kind = Kind!.Value;
        transition.Condition = HasCondition && !string.IsNullOrWhiteSpace(Condition) ? Condition.Trim() : null;
        transition.Note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        transition.MaxVisits = MaxVisits;
    }
}
