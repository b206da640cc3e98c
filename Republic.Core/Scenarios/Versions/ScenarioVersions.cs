using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Scenarios.Checks;
using Republic.Core.Scenarios.Definitions;
using Republic.Core.Scenarios.Editing;
using Republic.Core.Scenarios.Yaml;

namespace Republic.Core.Scenarios.Versions;

/// <summary>Publishes drafts, and reads what was published.</summary>
public sealed class ScenarioVersions(RepublicDb db, ScenarioChanges changes)
{
    public const int MaxPage = 200;

    /// <summary>In place of a number: another publication came between reading the newest version and the lock.</summary>
    private const int Overtaken = 0;

    /// <summary>Makes the draft a version. One with errors is refused, with all of its problems; one that is the same as the newest makes none.</summary>
    /// <returns>The number of the version.</returns>
    public async Task<Outcome<int>> PublishAsync(Guid me, Guid id, CancellationToken ct)
    {
        while (true)
        {
            var newest = await NewestAsync(me, id, ct);
            var number = await changes.ChangeAsync<int>(me, id, change => Publish(change, newest), ct);
            if (!number.Ok || number.Value != Overtaken)
            {
                return number;
            }
        }
    }

    /// <summary>One page, newest first.</summary>
    /// <param name="before">The last number of the previous page; null for the first.</param>
    public async Task<Outcome<IReadOnlyList<VersionCard>>> ListAsync(Guid me, Guid id, int limit, int? before, CancellationToken ct)
    {
        if (!await db.Scenarios.OwnedBy(me).AnyAsync(s => s.Id == id, ct))
        {
            return Failure.NotFound("scenario");
        }

        return await db
            .ScenarioVersions.Where(v => v.ScenarioId == id && (before == null || v.Number < before))
            .OrderByDescending(v => v.Number)
            .Take(Math.Clamp(limit, 1, MaxPage))
            .Select(v => new VersionCard(v.Number, v.Sha256, v.StateCount, v.TransitionCount, v.RoleCount, v.CreatedAt))
            .ToListAsync(ct);
    }

    public async Task<Outcome<ScenarioVersion>> FindAsync(Guid me, Guid id, int number, CancellationToken ct) =>
        await db
            .ScenarioVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.ScenarioId == id && v.Number == number && db.Scenarios.Any(s => s.Id == id && s.OwnerId == me), ct)
            is { } version
            ? version
            : Failure.NotFound("version");

    /// <summary>The definition of a version, or of the draft.</summary>
    /// <param name="number">Null for the draft.</param>
    public async Task<Outcome<ScenarioDefinition>> DefinitionAsync(Guid me, Guid id, int? number, CancellationToken ct)
    {
        if (number is { } asked)
        {
            var version = await FindAsync(me, id, asked, ct);
            return version.Ok ? Read(version.Value) : version.Failure;
        }

        var scenario = await db.FindDraftAsync(me, id, ct);
        return scenario is null ? Failure.NotFound("scenario") : DraftDefinition.Of(scenario);
    }

    /// <summary>Makes the draft what a version was.</summary>
    public async Task<Outcome<Guid>> RestoreAsync(Guid me, Guid id, int number, CancellationToken ct)
    {
        var version = await FindAsync(me, id, number, ct);
        return version.Ok
            ? await changes.ChangeAsync<Guid>(
                me,
                id,
                change =>
                {
                    DraftRows.Lay(change, Read(version.Value));
                    return id;
                },
                ct
            )
            : version.Failure;
    }

    private static ScenarioDefinition Read(ScenarioVersion version) =>
        ScenarioYaml.Read(version.Yaml).Definition
        ?? throw new InvalidOperationException($"Version {version.Number} of scenario {version.ScenarioId} cannot be read.");

    private Task<ScenarioVersion?> NewestAsync(Guid me, Guid id, CancellationToken ct) =>
        db
            .ScenarioVersions.AsNoTracking()
            .Where(v => v.ScenarioId == id && db.Scenarios.Any(s => s.Id == id && s.OwnerId == me))
            .OrderByDescending(v => v.Number)
            .FirstOrDefaultAsync(ct);

    private static Outcome<int> Publish(ScenarioChange change, ScenarioVersion? newest)
    {
        if ((newest?.Number ?? 0) != change.Scenario.LastVersion)
        {
            return Overtaken;
        }

        var definition = DraftDefinition.Of(change.Scenario);
        if (ScenarioEditor.Refused(ScenarioChecks.Of(definition)) is { } refused)
        {
            return refused;
        }

        var yaml = ScenarioYaml.Write(definition);
        // A version is read from its text ever after, which also is where its size is checked.
        if (ScenarioEditor.Refused(ScenarioYaml.Read(yaml).Problems) is { } unreadable)
        {
            return unreadable;
        }

        if (newest is not null && newest.Yaml == yaml)
        {
            return newest.Number;
        }

        change.Scenario.LastVersion++;
        change.Db.ScenarioVersions.Add(
            new ScenarioVersion
            {
                ScenarioId = change.Scenario.Id,
                Number = change.Scenario.LastVersion,
                Yaml = yaml,
                Sha256 = ScenarioVersion.DigestOf(yaml),
                StateCount = definition.States.Count,
                TransitionCount = definition.States.Sum(state => state.Next.Count),
                RoleCount = definition.Roles.Count,
                CreatedAt = change.Now,
            }
        );
        return change.Scenario.LastVersion;
    }
}
