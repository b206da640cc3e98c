using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Editing;

namespace Republic.Core.Episodes.Casting;

/// <summary>Makes episodes of scenarios, and deletes them.</summary>
public sealed class EpisodeEditor(RepublicDb db, EpisodeMachines machines, EpisodeChanges changes, LiveEvents live, TimeProvider time)
{
    /// <summary>An episode that waits to be started. Roles may be left open until then.</summary>
    /// <param name="known">The id as <see cref="FormId"/> makes it, where it is known before: making it twice makes one.</param>
    public async Task<Outcome<Guid>> CreateAsync(Guid me, EpisodeInput input, Guid? known, CancellationToken ct)
    {
        var version = await VersionAsync(me, input, ct);
        if (!version.Ok)
        {
            return version.Failure;
        }

        var machine = await machines.OfAsync(db, input.ScenarioId!.Value, version.Value, ct);
        var config = await ConfigAsync(me, input, machine.Definition, ct);
        if (!config.Ok)
        {
            return config.Failure;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, me, AdvisoryLocks.Episodes, ct);
        if (known is { } sent && await db.Episodes.OwnedBy(me).AnyAsync(e => e.Id == sent, ct))
        {
            return sent;
        }

        if (await db.Episodes.OwnedBy(me).CountAsync(ct) >= EpisodeRules.Most)
        {
            return Failure.Conflict($"You have {EpisodeRules.Most:N0} episodes, as many as are kept. Delete one first.");
        }

        var episode = New(me, input.ScenarioId.Value, version.Value, config.Value, machine, known);
        db.Episodes.Add(episode);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await changes.PublishAsync(episode, ct);
        return episode.Id;
    }

    /// <summary>Its timelines, steps and journal go with it. One that minions are at work on is stopped by that.</summary>
    public async Task<Outcome<Guid>> DeleteAsync(Guid me, Guid id, CancellationToken ct)
    {
        if (!await db.Episodes.VisibleTo(db, me).AnyAsync(e => e.Id == id, ct))
        {
            return Failure.NotFound("episode");
        }

        var audience = await db.EpisodeAudienceAsync(id, me, ct);
        if (await db.Episodes.OwnedBy(me).Where(e => e.Id == id).ExecuteDeleteAsync(ct) == 0)
        {
            return EpisodeControl.NotTheirs;
        }

        audience.ForEach(person => live.Publish(person, new LiveEvent(EpisodeChanges.Changed, id, null)));
        return id;
    }

    private async Task<Outcome<int>> VersionAsync(Guid me, EpisodeInput input, CancellationToken ct)
    {
        if (input.ScenarioId is not { } id)
        {
            return Failure.Invalid("scenario_id", "The scenario is missing. Send its id.");
        }

        var scenario = await db.Scenarios.AsNoTracking().OwnedBy(me).SingleOrDefaultAsync(s => s.Id == id, ct);
        return scenario is null ? Failure.NotFound("scenario")
            : scenario.LastVersion == 0
                ? Failure.Conflict("The scenario was not published yet. Publish it first: a version is played, not the draft.")
            : scenario.ArchivedAt is not null ? Failure.Conflict("The scenario is in the archive. Restore it first.")
            : input.Version is null ? scenario.LastVersion
            : input.Version >= 1 && input.Version <= scenario.LastVersion ? input.Version.Value
            : Failure.Invalid("version", $"There is no version {input.Version}; the newest is {scenario.LastVersion}.");
    }

    private async Task<Outcome<EpisodeConfig>> ConfigAsync(Guid me, EpisodeInput input, ScenarioDefinition definition, CancellationToken ct)
    {
        if (EpisodeInput.Problem(input.Config?.Limits) is { } wrong)
        {
            return wrong;
        }

        List<FieldError> errors = [];
        var cast = await CastAsync(me, input, definition, errors, ct);
        var facts = input.Config?.Facts ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        errors.AddRange(FactProblems(definition, facts));
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        return new EpisodeConfig(
            input.Config?.Limits,
            input.Config?.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            facts.Count == 0
                ? null
                : facts.ToImmutableSortedDictionary(fact => fact.Key, fact => FactValues.Plain(fact.Value), StringComparer.Ordinal),
            cast
        );
    }

    private async Task<ImmutableSortedDictionary<string, CastMember>> CastAsync(
        Guid me,
        EpisodeInput input,
        ScenarioDefinition definition,
        List<FieldError> errors,
        CancellationToken ct
    )
    {
        var cast = ImmutableSortedDictionary.CreateBuilder<string, CastMember>(StringComparer.Ordinal);
        var chosen = input.Cast ?? new Dictionary<string, Guid>(StringComparer.Ordinal);
        var descriptions = input.Config?.Descriptions ?? new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (role, citizen) in chosen)
        {
            var found = await CastRules.MemberAsync(db, me, definition, role, citizen, ct);
            var member = found.Ok ? CastRules.Described(found.Value, role, descriptions.GetValueOrDefault(role)) : found;
            if (member.Ok)
            {
                cast[role] = member.Value;
            }
            else
            {
                errors.AddRange(member.Failure.Fields);
            }
        }

        errors.AddRange(
            descriptions
                .Keys.Where(role => !chosen.ContainsKey(role))
                .Select(role => role.AtMost(60))
                .Select(role => new FieldError(
                    $"descriptions.{role}",
                    $"Nobody plays “{role}” yet, so that nothing can be said of how. Say who plays it, too."
                ))
        );
        return cast.ToImmutable();
    }

    private static IEnumerable<FieldError> FactProblems(ScenarioDefinition definition, IReadOnlyDictionary<string, JsonElement> facts)
    {
        foreach (var (name, value) in facts)
        {
            var field = $"facts.{name.AtMost(60)}";
            if (!definition.Facts.Any(one => one.Name == name))
            {
                var names =
                    definition.Facts.Count == 0 ? "It has none" : $"They are {string.Join(", ", definition.Facts.Select(one => one.Name))}";
                yield return new FieldError(field, $"“{name.AtMost(60)}” is no fact of the scenario. {names}.");
            }
            else if (FactRules.ValueProblem(value) is { } problem)
            {
                yield return new FieldError(field, problem);
            }
        }
    }

    private Episode New(Guid me, Guid scenario, int version, EpisodeConfig config, EpisodeMachine machine, Guid? known)
    {
        var now = time.GetUtcNow();
        var state = EpisodeState.Of(machine.Definition);
        var episode = new Episode
        {
            Id = known ?? Guid.CreateVersion7(),
            OwnerId = me,
            ScenarioId = scenario,
            Version = version,
            Config = config,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var timeline = new Timeline
        {
            EpisodeId = episode.Id,
            State = state,
            Wait = state.Wait,
            CreatedAt = now,
        };
        episode.Timelines.Add(timeline);
        episode.TimelineId = timeline.Id;
        return episode;
    }
}
