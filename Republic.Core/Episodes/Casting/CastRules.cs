using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Casting;

/// <summary>The rules of a cast: which citizens may play which role, and which roles need somebody.</summary>
public static class CastRules
{
    /// <summary>A citizen as the player of a role.</summary>
    internal static async Task<Outcome<CastMember>> MemberAsync(
        RepublicDb db,
        Guid me,
        ScenarioDefinition definition,
        string? role,
        Guid? citizen,
        CancellationToken ct
    )
    {
        if (definition.Roles.FirstOrDefault(one => one.Name == role) is not { } part)
        {
            var names = string.Join(", ", definition.Roles.Select(one => one.Name));
            return Failure.Invalid("role", $"There is no role “{role?.AtMost(60)}”. The roles are {names}.");
        }

        // Only one's own minions: another person's answer at that person's cost.
        var found = await db
            .Citizens.AsNoTracking()
            .VisibleTo(db, me)
            .Where(c => c.Id == citizen && (c.Kind == CitizenKind.Person || db.Minions.Any(m => m.Id == c.Id && m.OwnerId == me)))
            .Select(c => new
            {
                c.Kind,
                c.DisplayName,
                IsActive = c.IsActive && !db.Users.Any(p => p.Id == c.Id && p.DeactivatedAt != null),
            })
            .SingleOrDefaultAsync(ct);
        var field = $"cast.{part.Name}";
        return found is null
                ? Failure.Invalid(
                    field,
                    $"For “{part.Name}”, choose yourself, one of your minions, or somebody with whom you share a task."
                )
            : !found.IsActive
                ? Failure.Invalid(
                    field,
                    $"{found.DisplayName} is paused, or has no active account. Choose somebody else for “{part.Name}”, or bring them back."
                )
            : Fits(part, found.Kind) ? new CastMember(citizen!.Value, found.Kind == CitizenKind.Person)
            : Failure.Invalid(
                field,
                part.Kind == RoleKind.Person
                    ? $"“{part.Name}” is for a person, and {found.DisplayName} is a minion."
                    : $"“{part.Name}” is for a minion, and {found.DisplayName} is a person."
            );
    }

    /// <summary>The player of a role with how they play it, in a few words.</summary>
    internal static Outcome<CastMember> Described(CastMember member, string role, string? description)
    {
        var rules = new FieldRules([]);
        rules.Text($"descriptions.{role}", $"How “{role}” is played", description, EpisodeRules.LongestDescription);
        return rules.Errors.Count > 0
            ? Failure.Invalid(rules.Errors)
            : member with
            {
                Description = string.IsNullOrWhiteSpace(description) ? null : description.Trim(),
            };
    }

    /// <summary>Why an episode cannot be started; null where it can.</summary>
    internal static async Task<Failure?> RefusalAsync(RepublicDb db, Episode episode, ScenarioDefinition definition, CancellationToken ct)
    {
        List<FieldError> errors = [];
        foreach (var role in definition.Roles.Where(role => IsNeeded(definition, role)))
        {
            if (!episode.Config.Cast.TryGetValue(role.Name, out var member))
            {
                errors.Add(new FieldError($"cast.{role.Name}", $"Nobody plays “{role.Name}”. Choose somebody."));
            }
            else if (await MemberAsync(db, episode.OwnerId, definition, role.Name, member.Citizen, ct) is { Ok: false } refused)
            {
                errors.AddRange(refused.Failure.Fields);
            }
        }

        return errors.Count > 0 ? Failure.Invalid(errors) : null;
    }

    /// <summary>Why one more of the owner's timelines cannot go on; null where it can. Only while <see cref="AdvisoryLocks.Episodes"/> is held.</summary>
    internal static async Task<Failure?> CrowdAsync(RepublicDb db, Timeline timeline, Guid owner, CancellationToken ct)
    {
        var underWay = await db
            .Episodes.OwnedBy(owner)
            .SelectMany(e => e.Timelines)
            .CountAsync(t => t.Id != timeline.Id && t.StartedAt != null && t.EndedAt == null && t.Wait != EpisodeWait.Paused, ct);
        return underWay < EpisodeRules.MostAtOnce
            ? null
            : Failure.Conflict(
                $"You have {EpisodeRules.MostAtOnce} episodes and forks under way, as many as are allowed. Pause or stop one first."
            );
    }

    /// <summary>A role that neither acts nor directs needs nobody.</summary>
    public static bool IsNeeded(ScenarioDefinition definition, RoleDefinition role) =>
        definition.States.Any(state => state.Roles.Contains(role.Name))
        || (role.IsDirector && definition.States.Any(state => state.Next.Any(next => next.Kind == TransitionKind.Ask)));

    internal static bool Fits(RoleDefinition role, CitizenKind kind) =>
        role.Kind switch
        {
            RoleKind.Person => kind == CitizenKind.Person,
            RoleKind.Minion => kind == CitizenKind.Minion,
            _ => true,
        };
}
