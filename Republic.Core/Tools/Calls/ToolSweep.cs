using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Tools.Calls;

/// <summary>
/// Ends tool calls that waited too long for a person, and those whose process died. Has answers go on whose process
/// died between a person's decision and the call.
/// </summary>
internal sealed class ToolSweep(
    IDbContextFactory<RepublicDb> databases,
    IEnumerable<ITurnResumer> resumers,
    LiveEvents live,
    TimeProvider time,
    ILogger<ToolSweep> log
) : Sweep(TimeSpan.FromSeconds(20), "The sweep for tool calls will be tried again", time, log)
{
    /// <summary>How long a call waits for a person.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>A call takes a minute at most: one that runs for longer has lost its process.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        var count = await FailAsync(ct) + await ExpireAsync(ct) + await ForgetAsync(ct);
        foreach (var resumer in resumers)
        {
            count += await resumer.ResumeDecidedAsync(ct);
        }

        return count;
    }

    private async Task<int> FailAsync(CancellationToken ct)
    {
        var (now, before) = (Time.GetUtcNow(), Time.GetUtcNow() - LongestCall);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .ToolCalls.Where(c => c.Status == ToolCallStatus.Running && c.BeganAt < before)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(c => c.Status, ToolCallStatus.Failed)
                        .SetProperty(c => c.Reason, ToolRounds.Unknown)
                        .SetProperty(c => c.EndedAt, now),
                ct
            );
    }

    /// <summary>Calls for outside clients belong to no answer that is kept, and nobody could delete them.</summary>
    private async Task<int> ForgetAsync(CancellationToken ct)
    {
        var before = Time.GetUtcNow() - Patience;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .ToolCalls.Where(c => c.MessageId == null && c.AttemptId == null && c.StepId == null && c.AskedAt < before)
            .ExecuteDeleteAsync(ct);
    }

    private async Task<int> ExpireAsync(CancellationToken ct)
    {
        var (now, before) = (Time.GetUtcNow(), Time.GetUtcNow() - Patience);
        await using var db = await databases.CreateDbContextAsync(ct);
        var late = await db.ToolCalls.AsNoTracking().Where(c => c.Status == ToolCallStatus.Pending && c.AskedAt < before).ToListAsync(ct);
        foreach (var call in late)
        {
            var expired = await db
                .ToolCalls.Where(c => c.Id == call.Id && c.Status == ToolCallStatus.Pending)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(c => c.Status, ToolCallStatus.Expired)
                            .SetProperty(c => c.Reason, $"Nobody decided on it within {Patience.TotalDays:0} days.")
                            .SetProperty(c => c.SettledAt, now),
                    ct
                );
            if (expired == 1)
            {
                call.Status = ToolCallStatus.Expired;
                live.Publish(call.OwnerId, ToolEvents.Of(call));
                await EndAsync(call, ct);
            }
        }

        return late.Count;
    }

    private async Task EndAsync(ToolCall call, CancellationToken ct)
    {
        var why =
            $"It waited {Patience.TotalDays:0} days for you to decide on a call of {call.Tool}, and was ended. "
            + (
                call.AttemptId is not null ? "Start it again for a result."
                : call.StepId is not null ? "Resume to have the step done again."
                : "Ask again for an answer."
            );
        foreach (var resumer in resumers)
        {
            if (await resumer.EndAsync(call, why, ct))
            {
                return;
            }
        }
    }
}
