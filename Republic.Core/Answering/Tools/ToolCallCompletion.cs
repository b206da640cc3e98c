using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Answering.Tools;

/// <summary>Ends the tool calls of answers that are over.</summary>
internal static class ToolCallCompletion
{
    private const string Ended = "The answer that asked for it ended before.";

    /// <summary>Ends the calls that answers were still waiting to make when they ended: they are never made. In the transaction of <paramref name="db"/>.</summary>
    /// <param name="answers">The ids of messages, of attempts at tasks, and of steps of episodes.</param>
    public static Task<int> ExpireToolCallsAsync(this RepublicDb db, IReadOnlyCollection<Guid> answers, CancellationToken ct) =>
        answers.Count == 0
            ? Task.FromResult(0)
            : db
                .ToolCalls.Where(c =>
                    (c.MessageId != null && answers.Contains(c.MessageId.Value))
                    || (c.AttemptId != null && answers.Contains(c.AttemptId.Value))
                    || (c.StepId != null && answers.Contains(c.StepId.Value))
                )
                .Where(c => c.Status == ToolCallStatus.Pending || c.Status == ToolCallStatus.Approved)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(c => c.Status, ToolCallStatus.Expired)
                            .SetProperty(c => c.Reason, Ended)
                            .SetProperty(c => c.SettledAt, c => c.SettledAt ?? RepublicDb.Now()),
                    ct
                );
}
