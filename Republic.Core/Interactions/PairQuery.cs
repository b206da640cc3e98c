using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Interactions;

/// <summary>Reads a minion's answers with their questions, the newest first.</summary>
internal static class PairQuery
{
    /// <summary>Older answers are not looked at: so many are more than a run learns well from.</summary>
    public const int Most = 20_000;

    public static Task<List<PairRow>> ReadAsync(RepublicDb db, Guid owner, Guid minion, CancellationToken ct) =>
        db
            .Database.SqlQuery<PairRow>(
                $"""
                select a.id as "MessageId", a.conversation_id as "ConversationId", c.title as "Title", a.created_at as "CreatedAt",
                       agreed.by_all as "IsTeaching",
                       case when agreed.by_all then q.content else '' end as "Instruction",
                       case when agreed.by_all then a.content else '' end as "Answer",
                       case when agreed.by_all then f.correction end as "Correction",
                       f.score as "Score",
                       a.state = 'Complete' and a.finish_reason is distinct from 'length' and a.content <> '' as "IsWhole",
                       a.provider as "Provider", a.model as "Model",
                       coalesce(jsonb_path_exists(a.trace, '$.stages[*] ? (@.name == "memory").text'), false) as "UsedMemory",
                       array(select jsonb_array_elements_text(
                         jsonb_path_query_array(a.trace, '$.stages[*] ? (@.name == "memory").memory_ids[*]'))::uuid) as "MemoryIds"
                from messages a
                join conversations c on c.id = a.conversation_id and c.owner_id = {owner}
                join messages q on q.id = a.parent_id and q.author_id <> a.author_id
                left join message_feedback f on f.message_id = a.id and f.person_id = {owner}
                cross join lateral (
                  select coalesce(bool_and(p.teaches_since is not null) and bool_or(p.citizen_id = q.author_id), false) as by_all
                  from participants p join citizens z on z.id = p.citizen_id
                  where p.conversation_id = c.id and z.kind = 'Person'
                ) agreed
                where a.author_id = {minion} and a.state not in ('Pending', 'Streaming')
                order by a.created_at desc, a.id desc
                limit {Most}
                """
            )
            .ToListAsync(ct);
}
