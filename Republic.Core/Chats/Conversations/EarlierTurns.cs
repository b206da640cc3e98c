using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Chats.Conversations;

/// <summary>The turns of a branch above its window, which are counted and not read.</summary>
/// <param name="From">The message at which the window before begins.</param>
/// <param name="Written">How many of them have a text: those are among what a model may be sent.</param>
/// <param name="LastMeasured">The last of them that has figures; null where none has.</param>
public sealed record EarlierTurns(Guid From, int Count, int Written, Guid? LastMeasured, AnswerCosts Costs)
{
    /// <param name="above">The messages above the window, the first one first.</param>
    internal static async Task<EarlierTurns> ReadAsync(RepublicDb db, Guid conversation, Guid[] above, CancellationToken ct)
    {
        var rows = await db
            .Database.SqlQuery<Sums>(
                $"""
                with said as (
                  select m.id, m.created_at, m.duration_ms, m.cost, m.content <> '' as is_written,
                         author.kind = 'Minion' and m.state not in ('Pending', 'Streaming') as is_answer,
                         coalesce(jsonb_path_exists(m.route, '$.hops[*] ? (@.is_estimate == true)'), false)
                           or coalesce(jsonb_path_exists(m.trace, '$.stages[*].hops[*] ? (@.is_estimate == true)'), false) as is_estimate
                  from messages m
                  join conversations c on c.id = m.conversation_id and c.deleted_at is null
                  join citizens author on author.id = m.author_id
                  where m.conversation_id = {conversation} and m.id = any({above})
                )
                select (count(*) filter (where is_written))::int as "Written",
                       (array_agg(id order by created_at desc, id desc) filter (where duration_ms is not null))[1] as "LastMeasured",
                       (count(*) filter (where is_answer))::int as "Answers",
                       (count(*) filter (where is_answer and cost is null))::int as "Unknown",
                       coalesce(sum(cost) filter (where is_answer), 0) as "Known",
                       coalesce(bool_or(is_answer and is_estimate), false) as "IsEstimate"
                from said
                """
            )
            .ToListAsync(ct);
        var sums = rows.Single();
        var costs = new AnswerCosts(sums.Answers, sums.Unknown, sums.Known, sums.IsEstimate);
        return new(above[Math.Max(above.Length - BranchWindow.Size, 0)], above.Length, sums.Written, sums.LastMeasured, costs);
    }

    private sealed record Sums(int Written, Guid? LastMeasured, int Answers, int Unknown, decimal Known, bool IsEstimate);
}
