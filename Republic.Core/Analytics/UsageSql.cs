namespace Republic.Core.Analytics;

/// <summary>
/// What of the stored rows counts as usage: one branch of <c>entries</c> for each kind of row, all with the same columns. Another source
/// of figures is one more branch. What calls took and cost is told by the router's own rows, so that it agrees with the pages on spending;
/// an answer or a run's call says it itself only where there are none of it.
/// </summary>
internal static class UsageSql
{
    /// <summary>Groups beyond these are summed up as one without a key.</summary>
    public const int MostGroups = 20;

    public static FormattableString Days(AnalyticsQuery query, UsageScope scope) =>
        $"""
            with entries as (
              select work.finished_at as at, run.owner_id as person, run.minion_id as minion, run.provider,
                (work.status = 'Completed')::int as completed, (work.status = 'Failed')::int as failed,
                (work.status in ('Cancelled', 'Paused'))::int as stopped,
                (select coalesce(sum(step.seconds), 0) from training_steps step where step.training_job_id = run.id) as seconds,
                coalesce((run.report ->> 'xp_gained')::numeric, 0) as xp, 0::bigint as answers, 0::bigint as answered, 0 as calls, 0::bigint as outside, 0::bigint as outside_answered,
                null::bigint as prompt, null::bigint as completion, null::numeric as cost, false as ended
              from jobs work join training_jobs run on run.work_id = work.id
              where work.finished_at >= {query.Start} and work.finished_at < {query.End} and (cardinality({scope.People}) = 0 or run.owner_id = any({scope.People}))
              union all
              select given.day::timestamp at time zone 'UTC', minion.owner_id, minion.id, given.provider, 0, 0, 0, 0, 0,
                given.answers, given.completed, 0, given.outside, given.outside_completed, null, null, null, false
              from answer_days given join minions minion on minion.id = given.minion_id
              where given.day between {query.From} and {query.To} and (cardinality({scope.People}) = 0 or minion.owner_id = any({scope.People}))
              union all
              select own.created_at, minion.owner_id, minion.id, coalesce(own.provider, minion.provider), 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, own.prompt_tokens, own.completion_tokens, own.cost, own.state = 'Complete'
              from messages own join minions minion on minion.id = own.author_id join conversations talk on talk.id = own.conversation_id and talk.deleted_at is null
              where own.created_at >= {query.Start} and own.created_at < {query.End} and own.route is null and own.imported is null
                and own.state not in ('Pending', 'Streaming') and (cardinality({scope.People}) = 0 or minion.owner_id = any({scope.People}))
              union all
              select call.started_at, run.owner_id, coalesce(judge.id, run.minion_id), coalesce(judge.provider, run.provider), 0, 0, 0, 0, 0,
                0, 0, 1, 0, 0, (own.answer ->> 'prompt_tokens')::bigint, (own.answer ->> 'completion_tokens')::bigint,
                case when own.answer is not null and coalesce(judge.provider, run.provider) = any({scope.Free}) then 0 end, own.answer is not null
              from training_calls call join training_jobs run on run.id = call.training_job_id
              left join minions judge on judge.id = case when call.key like 'grade/%' then substr(call.key, 7, 32)::uuid end
              cross join lateral (select case when not exists (select from model_calls hop where hop.owner_id = run.owner_id
                and hop.purpose = 'Training' and hop.started_at between call.started_at and call.completed_at) then call.answer end as answer) own
              where call.started_at >= {query.Start} and call.started_at < {query.End} and (cardinality({scope.People}) = 0 or run.owner_id = any({scope.People}))
              union all
              select hop.started_at, hop.owner_id, hop.minion_id, hop.provider, 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, hop.input_tokens, hop.output_tokens, hop.cost, hop.outcome = 'Answered'
              from model_calls hop
              where hop.started_at >= {query.Start} and hop.started_at < {query.End} and (cardinality({scope.People}) = 0 or hop.owner_id = any({scope.People}))
            ), sums as (
              select (at at time zone 'UTC')::date as day,
                case {query.Group.ToString()} when 'Minion' then coalesce(minion::text, '') when 'Provider' then provider else person::text end as key,
                sum(completed) as completed, sum(failed) as failed, sum(stopped) as stopped, sum(seconds) as seconds, sum(xp) as xp,
                sum(answers) as answers, sum(answered) as answered, sum(calls) as calls, sum(outside) as outside, sum(outside_answered) as outside_answered,
                coalesce(sum(prompt), 0) as prompt, coalesce(sum(completion), 0) as completion, sum(cost) as cost,
                count(*) filter (where coalesce(prompt, completion) is not null and cost is null) as unpriced,
                count(*) filter (where ended and coalesce(prompt, completion) is null) as uncounted
              from entries
              where cardinality({scope.Minions}) = 0 or minion = any({scope.Minions})
              group by 1, 2
            ), places as (
              select key, row_number() over (order by sum(prompt + completion) desc, sum(answers + completed + failed + stopped) desc, key) as place
              from sums group by key
            )
            select sums.day, case when place <= {MostGroups} then sums.key end as key,
              sum(completed)::bigint as RunsCompleted, sum(failed)::bigint as RunsFailed, sum(stopped)::bigint as RunsStopped,
              sum(seconds)::float8 as RunSeconds, sum(xp) as Xp, sum(answers)::bigint as Answers, sum(answered)::bigint as AnswersCompleted,
              sum(calls)::bigint as TrainingCalls, sum(outside)::bigint as OutsideAnswers, sum(outside_answered)::bigint as OutsideAnswersCompleted,
              sum(prompt)::bigint as PromptTokens, sum(completion)::bigint as CompletionTokens,
              sum(cost) as Cost, sum(unpriced)::bigint as UnpricedCalls, sum(uncounted)::bigint as UncountedCalls
            from sums join places on places.key = sums.key
            group by 1, 2 order by 1, 2
            """;

    /// <summary>By day, by group, and over all.</summary>
    public static FormattableString Times(AnalyticsQuery query, UsageScope scope) =>
        $"""
            with answers as (
              select (said.created_at at time zone 'UTC')::date as day, said.duration_ms as ms,
                case {query.Group.ToString()} when 'Minion' then minion.id::text when 'Provider' then coalesce(said.provider, minion.provider)
                  else minion.owner_id::text end as key
              from messages said join minions minion on minion.id = said.author_id join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
              where said.created_at >= {query.Start} and said.created_at < {query.End}
                and said.state = 'Complete' and said.duration_ms is not null
                and (cardinality({scope.People}) = 0 or minion.owner_id = any({scope.People}))
                and (cardinality({scope.Minions}) = 0 or minion.id = any({scope.Minions}))
            )
            select day, key, percentile_cont(0.5) within group (order by ms) as MedianMs, percentile_cont(0.95) within group (order by ms) as P95Ms
            from answers group by grouping sets ((day), (key), ()) having count(*) > 0 order by day, key
            """;

    public static FormattableString Versions(AnalyticsQuery query, UsageScope scope, int most) =>
        $"""
            select run.minion_id as MinionId, who.display_name as MinionName, (run.report ->> 'version')::int as Version,
              run.id as JobId, run.name as JobName, work.finished_at as At, (run.report ->> 'promoted')::boolean as Promoted, now.version = (run.report ->> 'version')::int as IsLive,
              run.report ->> 'verdict' as Verdict,
              (run.report ->> 'before_quality')::float8 as BeforeQuality, (run.report ->> 'after_quality')::float8 as AfterQuality,
              (run.report ->> 'before_trait_score')::float8 as BeforeTraitScore, (run.report ->> 'after_trait_score')::float8 as AfterTraitScore,
              (run.report ->> 'validation_loss_before')::float8 as BeforeLoss, (run.report ->> 'validation_loss_after')::float8 as AfterLoss,
              nullif((run.report ->> 'before_speed')::float8, 0) as BeforeSeconds, nullif((run.report ->> 'after_speed')::float8, 0) as AfterSeconds,
              (run.report ->> 'xp_gained')::numeric as Xp,
              chat.answers as Answers, chat.completed as AnswersCompleted, chat.median as MedianMs, feedback.rated as Rated, feedback.mean as MeanScore
            from jobs work join training_jobs run on run.work_id = work.id join citizens who on who.id = run.minion_id
              join minions now on now.id = run.minion_id
            cross join lateral (
              select count(*) as answers, count(*) filter (where said.state = 'Complete') as completed,
                percentile_cont(0.5) within group (order by said.duration_ms) filter (where said.state = 'Complete') as median
              from messages said join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
              where said.author_id = run.minion_id and said.minion_version = (run.report ->> 'version')::int and said.created_at < {query.End}
            ) chat
            cross join lateral (
              select count(*) as rated, avg(given.score) as mean
              from message_feedback given join messages said on said.id = given.message_id join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
              where given.score is not null
                and said.author_id = run.minion_id and said.minion_version = (run.report ->> 'version')::int and said.created_at < {query.End}
            ) feedback
            where work.finished_at >= {query.Start} and work.finished_at < {query.End} and run.report is not null
              and (cardinality({scope.People}) = 0 or run.owner_id = any({scope.People}))
              and (cardinality({scope.Minions}) = 0 or run.minion_id = any({scope.Minions}))
            order by work.finished_at desc, run.id limit {most}
            """;
}
