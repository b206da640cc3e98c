namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes, changes and deletes single transitions of a draft.</summary>
public sealed class TransitionEditor(ScenarioChanges changes)
{
    public Task<Outcome<Guid>> AddAsync(Guid me, Guid scenario, TransitionFields input, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (input.Problems(change) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                var from = change.State(input.FromStateId!.Value)!;
                if (from.Transitions.Count >= ScenarioRules.MostTransitions)
                {
                    return Failure.Conflict($"A state has at most {ScenarioRules.MostTransitions} transitions. Remove one first.");
                }

                var transition = change.AddTransition(from, input.ToStateId!.Value, input.Kind!.Value);
                Lay(change, from, transition, input);
                return transition.Id;
            },
            ct
        );

    /// <param name="edit">Makes the new fields out of those that stand.</param>
    public Task<Outcome<Guid>> UpdateAsync(
        Guid me,
        Guid scenario,
        Guid id,
        Func<TransitionFields, Outcome<TransitionFields>> edit,
        CancellationToken ct
    ) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (Find(change, id) is not { } transition)
                {
                    return Failure.NotFound("transition");
                }

                var edited = edit(TransitionFields.Of(transition));
                if (!edited.Ok)
                {
                    return edited.Failure;
                }

                var input = edited.Value with { FromStateId = transition.FromStateId };
                if (input.Problems(change) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (ScenarioChanges.Stale(input.UpdatedAt, transition.UpdatedAt, "This transition") is { } stale)
                {
                    return stale;
                }

                Lay(change, change.State(transition.FromStateId)!, transition, input);
                return id;
            },
            ct
        );

    public Task<Outcome<Guid>> DeleteAsync(Guid me, Guid scenario, Guid id, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (Find(change, id) is not { } transition)
                {
                    return Failure.NotFound("transition");
                }

                change.RemoveTransitions(change.State(transition.FromStateId)!, t => t == transition);
                return id;
            },
            ct
        );

    private static StateTransition? Find(ScenarioChange change, Guid id) =>
        change.Scenario.States.SelectMany(state => state.Transitions).FirstOrDefault(t => t.Id == id);

    private static void Lay(ScenarioChange change, ScenarioState from, StateTransition transition, TransitionFields input)
    {
        input.Within(change).Lay(transition, input.ToStateId!.Value);
        (transition.UpdatedAt, from.UpdatedAt) = (change.Now, change.Now);
        var order = from.Transitions.Where(t => t != transition).OrderBy(t => t.Priority).ToList();
        var at = input.Priority ?? order.Count(t => t.Priority < transition.Priority);
        order.Insert(Math.Min(at, order.Count), transition);
        for (var i = 0; i < order.Count; i++)
        {
            order[i].Priority = i;
        }
    }
}
