using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Training.Versions;

/// <inheritdoc cref="IVersionedMinions"/>
public sealed class VersionedMinions(IDbContextFactory<RepublicDb> databases, WeightsCheck weights) : IVersionedMinions
{
    public async Task<Outcome<VersionedMinion>> LoadAsync(Guid owner, Guid minionId, int number, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Minions.AsNoTracking().Live().OwnedBy(owner).SingleOrDefaultAsync(m => m.Id == minionId, ct) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var version = await db.MinionVersions.AsNoTracking().SingleOrDefaultAsync(v => v.MinionId == minion.Id && v.Number == number, ct);
        if (version is null)
        {
            return Failure.NotFound("version");
        }

        if (!version.Fits(minion))
        {
            return Failure.Conflict(
                $"Version {version.Number} has weights for {version.ModelId}, and {minion.Citizen.DisplayName} is on {minion.ModelId} now, where they mean nothing. Put {minion.Citizen.DisplayName} on {version.ModelId} again, or use another version."
            );
        }

        if (await weights.ProblemAsync(owner, version, ct) is { } problem)
        {
            return problem;
        }

        if (version.IsLive(minion))
        {
            return new VersionedMinion(minion, null);
        }

        // It stays as old as it is: its age is part of the key under which answers are kept.
        version.PutInto(minion, minion.UpdatedAt);
        var linked = await db
            .CollectionLinks.Where(link => link.MinionId == minion.Id && link.Version == null)
            .Select(link => link.CollectionId)
            .ToListAsync(ct);
        return new VersionedMinion(minion, [.. linked.Union(version.CollectionIds)]);
    }
}
