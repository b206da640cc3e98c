using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Answering.Tools;

/// <summary>The tool calls of one answer as rows.</summary>
internal sealed class ToolJournal(
    IDbContextFactory<RepublicDb> databases,
    AuditLog audit,
    LiveEvents live,
    TimeProvider time,
    ToolOrder order
) : IToolJournal
{
    private const int MaxReason = 2000;

    public ToolCall New(NewToolCall call)
    {
        var now = time.GetUtcNow();
        return new ToolCall
        {
            OwnerId = order.Minion.OwnerId,
            MinionId = order.Minion.Id,
            MessageId = order.Message,
            AttemptId = order.Attempt,
            StepId = order.Step,
            Round = call.Round,
            Position = call.Position,
            Offset = call.Offset,
            CallId = Storable(call.CallId),
            Name = Storable(call.Name.AtMost(200)),
            Tool = Storable((call.Tool?.Tool ?? call.Name).AtMost(200)),
            ServerId = call.Tool?.ServerId,
            Server = call.Tool?.Server,
            DefinitionHash = call.Tool?.DefinitionHash,
            Arguments = call.Arguments,
            Status = call.Status,
            IsUnasked = call.IsUnasked,
            Reason = call.Reason is { } reason ? Storable(reason.AtMost(MaxReason)) : null,
            AskedAt = now,
            SettledAt = call.Status == ToolCallStatus.Pending ? null : now,
        };
    }

    public async Task AddAsync(IReadOnlyList<ToolCall> calls, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ToolCalls.AddRange(calls);
        await db.SaveChangesAsync(ct);
        foreach (var call in calls)
        {
            Tell(call);
        }
    }

    public async Task<bool> BeginAsync(ToolCall call, ToolGrant grant, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var begun = await Granted(db, call.Id, grant)
            // Another node may have ended the answer, whose writer hears of it at its next save.
            .Where(c =>
                c.MessageId == null
                || db.Messages.Any(m => m.Id == c.MessageId && (m.State == TurnState.Pending || m.State == TurnState.Streaming))
            )
            .Where(c =>
                c.StepId == null || db.Steps.Any(s => s.Id == c.StepId && (s.State == TurnState.Pending || s.State == TurnState.Streaming))
            )
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, ToolCallStatus.Running).SetProperty(c => c.BeganAt, now), ct);
        if (begun == 0)
        {
            await RefuseAsync(db, call, grant, ct);
            return false;
        }

        // Whoever holds the key of a minion reads alone, as often as the key may.
        var action = order.Audience == AnswerAudience.KeyHolder ? null : AuditActions.ToolCalled;
        await audit.CommitAsync(db, call.OwnerId, action, call.FullName, ct);
        (call.Status, call.BeganAt) = (ToolCallStatus.Running, now);
        Tell(call);
        return true;
    }

    public async Task EndAsync(ToolCall call)
    {
        call.EndedAt = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db
            .ToolCalls.Where(c => c.Id == call.Id && c.Status == ToolCallStatus.Running)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(c => c.Status, call.Status)
                        .SetProperty(c => c.Result, call.Result)
                        .SetProperty(c => c.Reason, call.Reason)
                        .SetProperty(c => c.EndedAt, call.EndedAt),
                CancellationToken.None
            );
        Tell(call);
    }

    /// <summary>A call that may be made, if its person has not taken back meanwhile what it rests on.</summary>
    private static IQueryable<ToolCall> Granted(RepublicDb db, Guid call, ToolGrant grant)
    {
        var (url, isByAlways) = (grant.Url, grant.IsByAlways);
        return db
            .ToolCalls.Where(c => c.Id == call && c.Status == ToolCallStatus.Approved)
            .Where(c =>
                db.MinionTools.Any(t =>
                    t.OwnerId == c.OwnerId
                    && t.MinionId == c.MinionId
                    && t.ServerId == c.ServerId
                    && t.Tool == c.Tool
                    && (!isByAlways || (t.IsAlways && t.AllowedHash == c.DefinitionHash))
                )
            )
            .Where(c => url == null || db.ToolServers.Any(s => s.Id == c.ServerId && s.Url == url));
    }

    /// <summary>Refuses a call that was not begun because its person took back what it rests on. Ends the transaction of <paramref name="db"/>.</summary>
    private async Task RefuseAsync(RepublicDb db, ToolCall call, ToolGrant grant, CancellationToken ct)
    {
        if (await Granted(db, call.Id, grant).AnyAsync(ct))
        {
            return;
        }

        var isOn = await db.MinionTools.AnyAsync(
            t => t.OwnerId == call.OwnerId && t.MinionId == call.MinionId && t.ServerId == call.ServerId && t.Tool == call.Tool,
            ct
        );
        var now = time.GetUtcNow();
        var reason = isOn
            ? $"{call.Tool} must be asked about again, so it was not called."
            : $"{call.Tool} was switched off before it was called.";
        var refused = await db
            .ToolCalls.Where(c => c.Id == call.Id && c.Status == ToolCallStatus.Approved)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(c => c.Status, ToolCallStatus.Refused)
                        .SetProperty(c => c.Reason, reason)
                        .SetProperty(c => c.SettledAt, now),
                ct
            );
        await db.Database.CommitTransactionAsync(ct);
        if (refused > 0)
        {
            (call.Status, call.Reason, call.SettledAt) = (ToolCallStatus.Refused, reason, now);
            Tell(call);
        }
    }

    private void Tell(ToolCall call) => live.Publish(call.OwnerId, ToolEvents.Of(call));

    /// <summary>What a model makes up may hold what the database does not take: U+0000, or half a character.</summary>
    private static string Storable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0));
}
