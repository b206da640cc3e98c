using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Templates;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios.Editing;

/// <summary>Makes, changes, archives and deletes scenarios.</summary>
public sealed class ScenarioEditor(RepublicDb db, ScenarioChanges changes, TimeProvider time)
{
    public const int Most = 1000;

    /// <summary>One as its template is, or one that begins and ends at once, to be filled in.</summary>
    /// <param name="known">The id as <see cref="FormId"/> makes it, where it is known before: making it twice makes one.</param>
    public async Task<Outcome<Guid>> CreateAsync(Guid me, ScenarioInput input, Guid? known, CancellationToken ct)
    {
        if (input.Problems() is { Count: > 0 } problems)
        {
            return Failure.Invalid(problems);
        }

        var blank = new ScenarioDefinition
        {
            Name = input.Name!,
            States =
            [
                new StateDefinition("begin", NodeType.Start) { Next = [new TransitionDefinition("done")] },
                new StateDefinition("done", NodeType.End) { Result = EndResult.Success },
            ],
        };
        var begun = ScenarioTemplates.Find(input.Template)?.Definition ?? blank;
        return await AddAsync(me, begun, known, change => input.Lay(change.Scenario, change.Now), ct);
    }

    /// <param name="definition">One without errors.</param>
    /// <inheritdoc cref="CreateAsync(Guid, ScenarioInput, Guid?, CancellationToken)"/>
    public Task<Outcome<Guid>> CreateAsync(Guid me, ScenarioDefinition definition, Guid? known, CancellationToken ct) =>
        AddAsync(me, definition, known, _ => { }, ct);

    /// <summary>One that is read from text. A text with errors makes none, and the failure lists them.</summary>
    public async Task<Outcome<Guid>> ImportAsync(Guid me, string yaml, Guid? known, CancellationToken ct)
    {
        var reading = ScenarioYaml.Read(yaml);
        return reading.Definition is { } definition && Refused(reading.Problems) is null
            ? await CreateAsync(me, definition, known, ct)
            : Refused(reading.Problems)!;
    }

    /// <summary>Makes the draft that of a text. A text with errors changes nothing, and the failure lists them.</summary>
    /// <param name="seen">When the scenario was changed last, as whoever sends this read it; null where they do not say.</param>
    public Task<Outcome<Guid>> ReplaceAsync(Guid me, Guid id, string yaml, DateTimeOffset? seen, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            id,
            change =>
            {
                var reading = ScenarioYaml.Read(yaml);
                if (Refused(reading.Problems) is { } refused)
                {
                    return refused;
                }

                if (ScenarioChanges.Stale(seen, change.Scenario.UpdatedAt, "The draft") is { } stale)
                {
                    return stale;
                }

                DraftRows.Lay(change, reading.Definition!);
                return id;
            },
            ct
        );

    /// <param name="edit">Makes the new fields out of those that stand.</param>
    public Task<Outcome<Guid>> UpdateAsync(Guid me, Guid id, Func<ScenarioInput, Outcome<ScenarioInput>> edit, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            id,
            change =>
            {
                var edited = edit(ScenarioInput.Of(change.Scenario));
                if (!edited.Ok)
                {
                    return edited.Failure;
                }

                var input = edited.Value;
                if (input.Problems() is { Count: > 0 } problems)
                {
                    return Failure.Invalid(problems);
                }

                if (ScenarioChanges.Stale(input.SettingsUpdatedAt, change.Scenario.SettingsUpdatedAt, "The scenario") is { } stale)
                {
                    return stale;
                }

                input.Lay(change.Scenario, change.Now);
                return id;
            },
            ct
        );

    /// <summary>A new scenario with the same draft. Versions are left behind.</summary>
    public async Task<Outcome<Guid>> DuplicateAsync(Guid me, Guid id, Guid? known, CancellationToken ct)
    {
        var scenario = await db.FindDraftAsync(me, id, ct);
        if (scenario is null)
        {
            return Failure.NotFound("scenario");
        }

        const string Suffix = " (copy)";
        var definition = DraftDefinition.Of(scenario);
        return await CreateAsync(
            me,
            definition with
            {
                Name = definition.Name.AtMost(ScenarioRules.LongestName - Suffix.Length) + Suffix,
            },
            known,
            ct
        );
    }

    /// <param name="isArchived">False takes it out of the archive.</param>
    public Task<Outcome<Guid>> ArchiveAsync(Guid me, Guid id, bool isArchived, CancellationToken ct) =>
        changes.ChangeAsync<Guid>(
            me,
            id,
            change =>
            {
                change.Scenario.ArchivedAt = isArchived ? change.Scenario.ArchivedAt ?? change.Now : null;
                return id;
            },
            ct
        );

    /// <summary>Its versions go with it. One that was played is kept for its episodes.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid me, Guid id, CancellationToken ct)
    {
        var episodes = await db.Episodes.OwnedBy(me).CountAsync(e => e.ScenarioId == id, ct);
        if (episodes > 0)
        {
            return Failure.Conflict(
                $"It was played {Counted.Of(episodes, "time")}. Delete these episodes first, or put the scenario into the archive."
            );
        }

        if (await db.Scenarios.OwnedBy(me).Where(s => s.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("scenario");
        }

        changes.Publish(me, id);
        return id;
    }

    /// <summary>The failure of a scenario with errors, with all of its problems; null where it has none.</summary>
    public static Failure? Refused(IReadOnlyList<ScenarioProblem> problems)
    {
        var errors = problems.Where(problem => problem.IsError).ToList();
        return errors.Count == 0
            ? null
            : Failure.Unprocessable(
                errors.Count == 1 ? errors[0].Message : $"{errors[0].Message} And {errors.Count - 1:N0} more must be fixed."
            ) with
            {
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { [ProblemCard.Member] = ProblemCard.Of(problems) },
            };
    }

    private async Task<Outcome<Guid>> AddAsync(
        Guid me,
        ScenarioDefinition definition,
        Guid? known,
        Action<ScenarioChange> lay,
        CancellationToken ct
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockScenariosAsync(me, ct);
        if (known is { } sent && await db.Scenarios.OwnedBy(me).AnyAsync(s => s.Id == sent, ct))
        {
            return sent;
        }

        if (await db.Scenarios.OwnedBy(me).CountAsync(ct) >= Most)
        {
            return Failure.Conflict($"You have {Most:N0} scenarios, as many as are allowed. Delete one first.");
        }

        var now = time.GetUtcNow();
        var scenario = new Scenario
        {
            Id = known ?? Guid.CreateVersion7(),
            OwnerId = me,
            Name = definition.Name,
            CreatedAt = now,
            UpdatedAt = now,
            SettingsUpdatedAt = now,
        };
        db.Scenarios.Add(scenario);
        var change = new ScenarioChange(db, scenario, now);
        DraftRows.Lay(change, definition);
        lay(change);
        if (ScenarioChanges.TooLarge(scenario) is { } refused)
        {
            db.ChangeTracker.Clear();
            return refused;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        changes.Publish(me, scenario.Id);
        return scenario.Id;
    }
}
