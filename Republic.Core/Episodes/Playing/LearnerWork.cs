using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Jobs;
using Republic.Core.Memories;
using Republic.Core.Memories.Learning;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Playing;

/// <summary>Once an episode is over, has the minion that played its learner propose what to remember. Its person decides what is.</summary>
internal sealed class LearnerWork(
    IDbContextFactory<RepublicDb> databases,
    EpisodeMachines machines,
    PlayerLoader players,
    LearnerInterview interview,
    IServiceScopeFactory scopes
) : IJobWork
{
    public const string KindOfJob = "episode_memory";

    /// <summary>The minion that plays the role that learns; null where there is none, or a person plays it.</summary>
    public static (string Role, Guid Citizen)? LearnerOf(ScenarioDefinition definition, EpisodeState state) =>
        definition.Learner is { } role && state.Cast.GetValueOrDefault(role) is { IsPerson: false } member ? (role, member.Citizen) : null;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (
            await ReadAsync(run.Job.Subject, ct) is not { } next
            || LearnerOf(next.Machine.Definition, next.State) is not var (role, citizen)
            || await players.LoadAsync(next, role, citizen, ct) is not { Ok: true, Value: var player }
        )
        {
            return JobResult.Nothing;
        }

        var facts = await interview.AskAsync(player, await players.SharedWithOwnerAsync(player, ct), run.Job.Id, ct);
        await ProposeAsync(player, facts, ct);
        return JobResult.Nothing;
    }

    /// <returns>Null where the episode was deleted meanwhile, or remembering switched off, or an earlier start has done the work.</returns>
    private async Task<NextStep?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db
            .Timelines.AsNoTracking()
            .Where(t => t.Id == id)
            .Join(db.Episodes.AsNoTracking(), t => t.EpisodeId, e => e.Id, (t, e) => new { Timeline = t, Episode = e })
            .SingleOrDefaultAsync(ct);
        if (
            found is null
            || await db.MemorySettings.AnyAsync(s => s.PersonId == found.Episode.OwnerId && !s.IsOn, ct)
            || await db.Memories.AnyAsync(m => m.EpisodeId == found.Episode.Id, ct)
        )
        {
            return null;
        }

        var machine = await machines.OfAsync(db, found.Episode.ScenarioId, found.Episode.Version, ct);
        return new NextStep(found.Episode, found.Timeline, machine, Row: null);
    }

    private async Task ProposeAsync(Player player, IReadOnlyList<MemoryInterview.Fact> facts, CancellationToken ct)
    {
        var (minion, episode, state) = (player.Minion, player.Next.Episode, player.State);
        var about = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["scenario"] = player.Machine.Definition.Name,
            ["role"] = player.Role.Name,
            ["model"] = minion.ModelId,
        };
        if (state.Position.Current is { } end)
        {
            about["state"] = end;
        }

        using var scope = scopes.CreateScope();
        var editor = scope.ServiceProvider.GetRequiredService<MemoryEditor>();
        var learned = facts.Select(fact => new Learned(fact.Content, IsAsked: false, fact.Importance)
        {
            Episode = episode.Id,
            MetaData = about.ToImmutableSortedDictionary(StringComparer.Ordinal),
        });
        await editor.LearnAsync(episode.OwnerId, minion.Id, episode.Id, learned, ct);
    }
}
