namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes, changes and deletes the states of a draft.</summary>
public sealed class StateEditor(ScenarioChanges changes)
{
    public Task<Outcome<Guid>> AddAsync(Guid me, Guid scenario, StateInput input, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.Scenario.States.Count >= ScenarioRules.MostStates)
                {
                    return Failure.Conflict($"A scenario has at most {ScenarioRules.MostStates} states. Remove one first.");
                }

                if (input.Problems(change, state: null) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                var state = change.AddState(input.Name!, input.NodeType!.Value);
                input.Lay(state, change);
                return state.Id;
            },
            ct
        );

    /// <summary>A new name is carried to the conditions that read it.</summary>
    /// <param name="edit">Makes the new fields out of those that stand.</param>
    public Task<Outcome<Guid>> UpdateAsync(
        Guid me,
        Guid scenario,
        Guid id,
        Func<StateInput, Outcome<StateInput>> edit,
        CancellationToken ct
    ) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.State(id) is not { } state)
                {
                    return Failure.NotFound("state");
                }

                var edited = edit(StateInput.Of(state, change.Scenario));
                if (!edited.Ok)
                {
                    return edited.Failure;
                }

                var input = edited.Value;
                if (input.Problems(change, state) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (ScenarioChanges.Stale(input.UpdatedAt, state.UpdatedAt, "This state") is { } stale)
                {
                    return stale;
                }

                input.Lay(state, change);
                ElementNames.RenameState(change, state, input.Name!);
                return id;
            },
            ct
        );

    /// <summary>With it go the transitions that lead to it.</summary>
    public Task<Outcome<Guid>> DeleteAsync(Guid me, Guid scenario, Guid id, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.State(id) is not { } state)
                {
                    return Failure.NotFound("state");
                }

                change.RemoveState(state);
                return id;
            },
            ct
        );
}
