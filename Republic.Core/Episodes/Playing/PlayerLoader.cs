using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Reading;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Playing;

/// <summary>Reads who plays a role in a timeline, and what they know. Each job has one of its own.</summary>
internal sealed class PlayerLoader(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    MinionTargets targets,
    ITaskAbility ability,
    TimeProvider time
)
{
    /// <summary>A minion that was edited, paused or deleted is noticed after that.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly JournalReading journal = new();
    private readonly Dictionary<(string Role, Guid Citizen), (CastMinion Minion, long ReadAt)> minions = [];

    /// <summary>Takes over what the job itself added to the journal, so that it need not be read.</summary>
    public void Follow(TimelineChange saved) => journal.Follow(saved);

    public async Task<Outcome<Player>> LoadAsync(NextStep next, string role, Guid citizen, CancellationToken ct)
    {
        var definition = next.Machine.Definition.Roles.First(one => one.Name == role);
        var cast = await MinionAsync(next.Episode.OwnerId, definition, citizen, ct);
        if (!cast.Ok)
        {
            return cast.Failure;
        }

        var entries = await journal.ReadAsync(databases, next.Timeline, ct);
        return new Player(cast.Value, definition, next, RoleKnowledge.Of(next.Machine.Definition, role, entries));
    }

    /// <summary>
    /// The part of a player's knowledge that the owner of the episode has too: the owner reads the proposals, and may play against the minion.
    /// </summary>
    public async Task<RoleKnowledge> SharedWithOwnerAsync(Player player, CancellationToken ct)
    {
        var (next, definition) = (player.Next, player.Machine.Definition);
        await using var db = await databases.CreateDbContextAsync(ct);
        var chain = await TimelineChain.OfAsync(db, next.Timeline, upTo: null, ct);
        var assignments = await chain.Assignments(db).AsNoTracking().ToListAsync(ct);
        var owner = new EpisodeViewer(next.Episode.OwnerId, next.Episode, assignments, player.Machine.Director);
        if (owner.SeesAll)
        {
            return player.Knowledge;
        }

        var entries = await journal.ReadAsync(databases, next.Timeline, ct);
        return player.Knowledge.Within(owner.Known(role => RoleKnowledge.Of(definition, role, entries).Lines));
    }

    private async Task<Outcome<CastMinion>> MinionAsync(Guid owner, RoleDefinition role, Guid citizen, CancellationToken ct)
    {
        if (minions.TryGetValue((role.Name, citizen), out var known) && time.GetElapsedTime(known.ReadAt) < Fresh)
        {
            return known.Minion;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var minion = await db
            .Minions.AsNoTracking()
            .Live()
            .OwnedBy(owner)
            .SingleOrDefaultAsync(m => m.Id == citizen && m.Citizen.IsActive, ct);
        if (minion is null)
        {
            return Failure.Conflict(
                $"The minion that plays “{ElementName.Of(role.Name)}” was deleted or paused. Bring it back and resume, or give the role to somebody else."
            );
        }

        Pin(minion, role);
        var route = await targets.RouteAsync(minion, CallPurpose.Episode, ct);
        if (!route.Ok)
        {
            return route.Failure;
        }

        var isBare = (await ability.ProbedAsync([minion], ct))[minion.Id] == false;
        var cast = new CastMinion(minion, route.Value, isBare);
        minions[(role.Name, citizen)] = (cast, time.GetTimestamp());
        return cast;
    }

    /// <summary>The model of a role answers for whoever plays it, where the scenario says so. <c>openai/gpt-4o</c> names its provider too.</summary>
    private void Pin(Minion minion, RoleDefinition role)
    {
        if (role is not { IsPinned: true, Model: { Length: > 0 } model })
        {
            return;
        }

        var named = NamedModel.Of(catalog, model);
        if (named.Provider is { } provider && provider.Name != minion.Provider)
        {
            (minion.Provider, minion.BaseUrl, minion.SealedApiKey, minion.CredentialId) = (provider.Name, null, null, null);
        }

        (minion.ModelId, minion.Fallbacks, minion.Adapter, minion.ContextLength) = (named.ModelId, [], null, null);
    }
}
