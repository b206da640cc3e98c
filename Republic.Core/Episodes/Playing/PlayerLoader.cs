using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Machine;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Playing;

/// <summary>Reads who plays a role in a timeline, and what they know. Each job has one of its own.</summary>
internal sealed class PlayerLoader(IDbContextFactory<RepublicDb> databases, EpisodeMachines machines, ProviderCatalog catalog)
{
    private readonly JournalReading journal = new();

    public async Task<Outcome<Player>> LoadAsync(Guid timelineId, string role, Guid citizen, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var timeline = await db.Timelines.AsNoTracking().SingleAsync(t => t.Id == timelineId, ct);
        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == timeline.EpisodeId, ct);
        var minion = await db
            .Minions.AsNoTracking()
            .Live()
            .OwnedBy(episode.OwnerId)
            .SingleOrDefaultAsync(m => m.Id == citizen && m.Citizen.IsActive, ct);
        if (minion is null)
        {
            return Failure.Conflict(
                $"The minion that plays “{role}” was deleted or paused. Bring it back and resume, or give the role to somebody else."
            );
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var definition = machine.Definition.Roles.First(one => one.Name == role);
        var knowledge = RoleKnowledge.Of(machine.Definition, role, await journal.ReadAsync(db, timeline, ct));
        Pin(minion, definition);
        return new Player(minion, definition, machine, timeline.State, knowledge);
    }

    /// <summary>The model of a role answers for whoever plays it, where the scenario says so. <c>openai/gpt-4o</c> names its provider too.</summary>
    private void Pin(Minion minion, RoleDefinition role)
    {
        if (role is not { IsPinned: true, Model: { Length: > 0 } model })
        {
            return;
        }

        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && catalog.Find(model[..slash]) is { } provider && provider.Name != minion.Provider)
        {
            (minion.Provider, minion.BaseUrl, minion.SealedApiKey, minion.CredentialId) = (provider.Name, null, null, null);
        }

        minion.ModelId = slash > 0 && catalog.Find(model[..slash]) is not null ? model[(slash + 1)..] : model;
        (minion.Fallbacks, minion.Adapter, minion.ContextLength) = ([], null, null);
    }
}
