using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Tools.BuiltIn;

namespace Republic.Core.Tools.Calls;

/// <summary>Reads the tool calls that a person's minions asked for.</summary>
public sealed class ToolCallReader(IDbContextFactory<RepublicDb> databases, BuiltInTools builtIn)
{
    public const int MaxPage = 200;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ToolCallRow>> ListAsync(ToolCallQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var calls = db.ToolCalls.AsNoTracking().VisibleTo(db, query.Person);
        calls = query.Minion is { } minion ? calls.Where(c => c.MinionId == minion) : calls;
        calls = query.Status is { } status ? calls.Where(c => c.Status == status) : calls;
        // Ids are made in the order of time.
        calls = query.Before is { } last ? calls.Where(c => c.Id < last) : calls;
        return await RowsAsync(db, calls.OrderByDescending(c => c.Id).Take(Math.Clamp(query.Limit, 1, MaxPage)), ct);
    }

    public async Task<Outcome<ToolCallRow>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await RowsAsync(db, db.ToolCalls.AsNoTracking().VisibleTo(db, person).Where(c => c.Id == id), ct);
        return rows.Count == 1 ? rows[0] : Failure.NotFound("tool call");
    }

    /// <summary>Calls that wait for the person's decision.</summary>
    public async Task<int> CountPendingAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ToolCalls.VisibleTo(db, person).CountAsync(c => c.Status == ToolCallStatus.Pending, ct);
    }

    /// <summary>The minions that ever asked for one, by name.</summary>
    public async Task<IReadOnlyList<CallingMinion>> MinionsAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var calls = db.ToolCalls.VisibleTo(db, person);
        return await db
            .Citizens.Where(citizen => calls.Any(call => call.MinionId == citizen.Id))
            .OrderBy(citizen => citizen.DisplayName)
            .Select(citizen => new CallingMinion(citizen.Id, citizen.DisplayName))
            .ToListAsync(ct);
    }

    /// <summary>The tool that a person is asked about, as it is now.</summary>
    public async Task<ToolFacts> FactsAsync(Guid person, ToolCallRow call, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ToolFacts.FindAsync(db, builtIn, person, call, ct);
    }

    private static async Task<IReadOnlyList<ToolCallRow>> RowsAsync(RepublicDb db, IQueryable<ToolCall> calls, CancellationToken ct)
    {
        var found = await (
            from call in calls
            join citizen in db.Citizens on call.MinionId equals citizen.Id
            join message in db.Messages on call.MessageId equals (Guid?)message.Id into messages
            from message in messages.DefaultIfEmpty()
            join attempt in db.TaskAttempts on call.AttemptId equals (Guid?)attempt.Id into attempts
            from attempt in attempts.DefaultIfEmpty()
            join step in db.Steps on call.StepId equals (Guid?)step.Id into steps
            from step in steps.DefaultIfEmpty()
            join episode in db.Episodes on step.EpisodeId equals episode.Id into episodes
            from episode in episodes.DefaultIfEmpty()
            orderby call.Id descending
            select new
            {
                Call = call,
                citizen.DisplayName,
                ConversationId = (Guid?)message.ConversationId,
                TaskId = (Guid?)attempt.TaskId,
                EpisodeId = (Guid?)step.EpisodeId,
                TimelineId = (Guid?)step.TimelineId,
                ShownId = (Guid?)episode.TimelineId,
                StepSeq = (long?)step.Seq,
            }
        ).ToListAsync(ct);
        return
        [
            .. found.Select(row =>
                ToolCallRow.Of(row.Call) with
                {
                    Minion = row.DisplayName,
                    ConversationId = row.ConversationId,
                    TaskId = row.TaskId,
                    EpisodeId = row.EpisodeId,
                    TimelineId = row.TimelineId == row.ShownId ? null : row.TimelineId,
                    StepSeq = row.StepSeq,
                }
            ),
        ];
    }
}
