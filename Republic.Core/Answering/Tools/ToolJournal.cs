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
            Name = Storable(call.Name).AtMost(200),
            Tool = Storable(call.Tool?.Tool ?? call.Name).AtMost(200),
            ServerId = call.Tool?.ServerId,
            Server = call.Tool?.Server,
            DefinitionHash = call.Tool?.DefinitionHash,
            Arguments = call.Arguments,
            Status = call.Status,
            IsUnasked = call.IsUnasked,
            Reason = call.Reason,
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

    public async Task<bool> BeginAsync(ToolCall call, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var begun = await db
            .ToolCalls.Where(c => c.Id == call.Id && c.Status == ToolCallStatus.Approved)
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

    private void Tell(ToolCall call) => live.Publish(call.OwnerId, ToolEvents.Of(call));

    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
