using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;
using Republic.Core.Scenarios.Definitions;

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

        var cast = ImmutableSortedDictionary.CreateBuilder<string, CastMember>(StringComparer.Ordinal);
        List<FieldError> errors = [];
        foreach (var (role, citizen) in input.Cast ?? new Dictionary<string, Guid>(StringComparer.Ordinal))
        {
            var member = await CastRules.MemberAsync(db, me, definition, role, citizen, ct);
            if (member.Ok)
            {
                cast[role] = member.Value;
            }
            else
            {
                errors.AddRange(member.Failure.Fields);
            }
        }

        var facts = input.Config?.Facts ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        errors.AddRange(
            facts
                .Where(fact => !definition.Facts.Any(one => one.Name == fact.Key) || fact.Value.ValueKind == JsonValueKind.Object)
                .Select(fact => new FieldError(
                    "config.facts",
                    $"“{fact.Key.AtMost(60)}” is no fact of the scenario, or its value is an object."
                ))
        );
        if (errors.Count > 0)
        {
            return Failure.Invalid(errors);
        }

        return new EpisodeConfig(
            input.Config?.Limits,
            input.Config?.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            facts.Count == 0 ? null : facts.ToImmutableSortedDictionary(StringComparer.Ordinal),
            cast.ToImmutable()
        );
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
