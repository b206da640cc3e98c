using Microsoft.EntityFrameworkCore;
using Republic.Core.Chats.Feedback;
using Republic.Core.Data;

namespace Republic.Core.Interactions;

/// <summary>Reads a minion's answers with their questions, the newest first.</summary>
internal static class PairQuery
{
    /// <summary>The most answers that are read, the newest first; a run does not learn well from more.</summary>
    public const int Most = 20_000;

    /// <summary>The most characters of text that are read; older answers are left out then. All of them are in memory together.</summary>
    public const int MostCharacters = 50_000_000;

    /// <summary>Only texts that may be learned by their rating and their length leave the database.</summary>
    public static Task<List<PairRow>> ReadAsync(RepublicDb db, Guid owner, Guid minion, CancellationToken ct) =>
        db
            .Database.SqlQuery<PairRow>(
                $"""
                select pair.id as "MessageId", pair.conversation_id as "ConversationId", pair.created_at as "CreatedAt",
                       pair.by_all as "IsTeaching", pair.score as "Score", pair.correction is not null as "IsCorrection",
                       case when pair.by_all then pair.title end as "Title",
                       case when pair.is_good then pair.question else '' end as "Instruction",
                       case when pair.is_good then pair.response else '' end as "Response",
                       length(pair.response) as "ResponseLength",
                       pair.state = 'Complete' and pair.finish_reason is distinct from 'length' and pair.answer <> '' as "IsWhole",
                       pair.provider as "Provider", pair.model as "Model",
                       pair.used_memory as "UsedMemory", pair.memory_ids as "MemoryIds",
                       pair.used_memory and (cardinality(pair.memory_ids) = 0 or exists (
                         select 1 from unnest(pair.memory_ids) used(id)
                         where not exists (select 1 from memories known where known.id = used.id))) as "UsedForgotten"
                from (
                 select newest.*,
                        sum(case when newest.is_good then length(newest.question) + length(newest.response) else 0 end)
                          over (order by newest.created_at desc, newest.id desc) as characters
                 from (
                  select a.id, a.conversation_id, a.created_at, a.state, a.finish_reason, a.provider, a.content as answer,
                         coalesce(jsonb_path_query_array(a.route,
                           '$.hops[*] ? (@.outcome != "passed_over" && @.outcome != "failed")') -> -1 ->> 'model', a.model) as model,
                         c.title, q.content as question, f.score, f.correction, coalesce(f.correction, a.content) as response, agreed.by_all,
                         agreed.by_all and (f.correction is not null or f.score > {FeedbackRules.GoodAbove})
                           and length(coalesce(f.correction, a.content)) <= {PairFilter.LongestResponse} as is_good,
                         agreed.by_all and coalesce(jsonb_path_exists(a.trace, '$.stages[*] ? (@.name == "memory").text'), false) as used_memory,
                         array(select jsonb_array_elements_text(
                           jsonb_path_query_array(a.trace, '$.stages[*] ? (@.name == "memory").memory_ids[*]'))::uuid) as memory_ids
                  from messages a
                  join conversations c on c.id = a.conversation_id and c.owner_id = {owner} and c.deleted_at is null
                  join messages q on q.id = a.parent_id
                  join citizens asker on asker.id = q.author_id and asker.kind = 'Person'
                  left join message_feedback f on f.message_id = a.id and f.person_id = {owner}
                  cross join lateral (
                    select coalesce(bool_and(p.teaches_since is not null) and bool_or(p.citizen_id = q.author_id), false) as by_all
                    from participants p join citizens z on z.id = p.citizen_id
                    where p.conversation_id = c.id and z.kind = 'Person'
                  ) agreed
                  where a.author_id = {minion} and a.state not in ('Pending', 'Streaming')
                  order by a.created_at desc, a.id desc
                  limit {Most}
                 ) newest
                ) pair
                where pair.characters <= {MostCharacters}
                order by pair.created_at desc, pair.id desc
                """
            )
            .ToListAsync(ct);
}
