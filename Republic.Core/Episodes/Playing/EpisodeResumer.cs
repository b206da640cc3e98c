using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Events;

namespace Republic.Core.Episodes.Playing;

/// <summary>Lets an episode go on whose owner has decided on the tool calls of a step. No job has the episode meanwhile.</summary>
internal sealed class EpisodeResumer(
    IDbContextFactory<RepublicDb> databases,
    EpisodeMachines machines,
    TimelineServices services,
    TimeProvider time
) : ITurnResumer
{
    /// <summary>How long an episode may stay decided and not go on: a decision resumes it at once, unless its process dies.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For a step that has just begun to wait: the owner may have decided before its row said so.</summary>
    public void Begin(Guid step) => _ = services.Jobs.After.RunAsync(ct => ResumeAsync(step, ct));

    public Task<bool> ResumeAsync(ToolCall call, CancellationToken ct) =>
        call.StepId is { } step ? ResumeAsync(step, ct) : Task.FromResult(false);

    public async Task<int> ResumeDecidedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var left = await db
            .Steps.Where(s => s.State == TurnState.Waiting)
            .Where(s =>
                !db.ToolCalls.Any(c =>
                    c.StepId == s.Id && (c.Status == ToolCallStatus.Pending || c.SettledAt > RepublicDb.Now() - Patience)
                )
            )
            .Select(s => s.Id)
            .ToListAsync(ct);
        var resumed = 0;
        foreach (var step in left)
        {
            resumed += await ResumeAsync(step, ct) ? 1 : 0;
        }

        return resumed;
    }

    public Task<bool> EndAsync(ToolCall call, string why, CancellationToken ct) =>
        call.StepId is { } step
            ? ChangeAsync(
                step,
                async (change, row) =>
                    await change.ApplyAsync(new EpisodeEvent.StepFailed(row.Seq, why, 0, 0) { IsUntried = true }, ct) is null,
                ct
            )
            : Task.FromResult(false);

    /// <summary>Takes the episode up again, if none of the step's calls waits.</summary>
    private Task<bool> ResumeAsync(Guid step, CancellationToken ct) =>
        ChangeAsync(
            step,
            async (change, row) =>
            {
                var db = change.Db;
                var decided = db.Steps.Where(s =>
                    s.Id == step && !db.ToolCalls.Any(c => c.StepId == s.Id && c.Status == ToolCallStatus.Pending)
                );
                return await decided.ResumeAsync(ct) && await change.ApplyAsync(new EpisodeEvent.CallsDecided(row.Seq), ct) is null;
            },
            ct
        );

    /// <summary>Changes the timeline of a step that waits, while it holds its episode.</summary>
    /// <returns>False where the step does not wait, or nothing was changed.</returns>
    private async Task<bool> ChangeAsync(Guid id, Func<TimelineChange, Step, Task<bool>> edit, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var waiting = db.Steps.AsNoTracking().Where(s => s.Id == id && s.State == TurnState.Waiting);
        if (await waiting.Select(s => (Guid?)s.TimelineId).SingleOrDefaultAsync(ct) is not { } found)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.LockTimelineAsync(found, ct) is not var (episode, timeline) || await waiting.SingleOrDefaultAsync(ct) is not { } step)
        {
            return false;
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        var change = new TimelineChange(db, episode, timeline, machine, services, time.GetUtcNow());
        if (!await edit(change, step))
        {
            return false;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await services.CommittedAsync(change);
        foreach (var person in await db.EpisodeAudienceAsync(episode.Id, episode.OwnerId, ct))
        {
            services.Live.Publish(person, new LiveEvent(EpisodeChanges.Changed, episode.Id, null));
        }

        return true;
    }
}
