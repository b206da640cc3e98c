namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes, changes and deletes the roles of a draft.</summary>
public sealed class RoleEditor(ScenarioChanges changes)
{
    public Task<Outcome<Guid>> AddAsync(Guid me, Guid scenario, RoleInput input, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.Scenario.Roles.Count >= ScenarioRules.MostRoles)
                {
                    return Failure.Conflict($"A scenario has at most {ScenarioRules.MostRoles} roles. Remove one first.");
                }

                if (input.Problems(change, role: null) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                var role = change.AddRole(input.Name!);
                input.Lay(role);
                return role.Id;
            },
            ct
        );

    /// <summary>A new name is carried to all that refers to it.</summary>
    /// <param name="edit">Makes the new fields out of those that stand.</param>
    public Task<Outcome<Guid>> UpdateAsync(
        Guid me,
        Guid scenario,
        Guid id,
        Func<RoleInput, Outcome<RoleInput>> edit,
        CancellationToken ct
    ) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.Scenario.Roles.Find(r => r.Id == id) is not { } role)
                {
                    return Failure.NotFound("role");
                }

                var edited = edit(RoleInput.Of(role));
                if (!edited.Ok)
                {
                    return edited.Failure;
                }

                var input = edited.Value;
                if (input.Problems(change, role) is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (ScenarioChanges.Stale(input.UpdatedAt, role.UpdatedAt, "This role") is { } stale)
                {
                    return stale;
                }

                input.Lay(role);
                ElementNames.RenameRole(change, role, input.Name!);
                role.UpdatedAt = change.Now;
                return id;
            },
            ct
        );

    /// <summary>It acts in no state any more. What else names it is a problem of the draft then.</summary>
    public Task<Outcome<Guid>> DeleteAsync(Guid me, Guid scenario, Guid id, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            scenario,
            change =>
            {
                if (change.Scenario.Roles.Find(r => r.Id == id) is not { } role)
                {
                    return Failure.NotFound("role");
                }

                change.RemoveRole(role);
                return id;
            },
            ct
        );
}
