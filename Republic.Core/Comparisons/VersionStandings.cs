using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

/// <summary>Sums up how the versions of a minion have done. The database counts.</summary>
public sealed class VersionStandings(IDbContextFactory<RepublicDb> databases)
{
    public const int Most = 100;

    /// <summary>The newest first. Only answers that are there count in a comparison: one that failed neither wins nor loses.</summary>
    public async Task<Outcome<IReadOnlyList<VersionStanding>>> ListAsync(Guid owner, Guid minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Minions.Live().OwnedBy(owner).AnyAsync(m => m.Id == minion, ct))
        {
            return Failure.NotFound("minion");
        }

        var standings = await db
            .Database.SqlQuery<VersionStanding>(
                $"""
                with chat as (
                  select said.minion_version as number, count(*) as answers from messages said
                  join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
                  where said.author_id = {minion} and said.state = 'Complete' and said.minion_version is not null group by 1
                ), feedback as (
                  select said.minion_version as number, count(*) as rated, avg(given.score) as mean
                  from message_feedback given join messages said on said.id = given.message_id
                  join conversations talk on talk.id = said.conversation_id and talk.deleted_at is null
                  where said.author_id = {minion} and said.minion_version is not null and given.score is not null
                  group by 1
                ), votes as (
                  select answer.version as number, count(*) filter (where voted.best = answer.position) as won,
                    count(*) filter (where voted.best <> answer.position) as lost, count(*) filter (where voted.is_tie) as tied
                  from comparisons voted join comparison_answers answer on answer.comparison_id = voted.id
                  where voted.owner_id = {owner} and voted.voted_at is not null and answer.minion_id = {minion} and answer.state = 'Complete'
                  group by 1
                )
                select made.number as Version, now.version = made.number as IsLive, coalesce(chat.answers, 0) as Answers,
                  coalesce(feedback.rated, 0) as Rated, feedback.mean as MeanScore, run.report ->> 'verdict' as VerdictName,
                  run.report ->> 'judged_verdict' as JudgedName,
                  coalesce(votes.won, 0) as Won, coalesce(votes.lost, 0) as Lost, coalesce(votes.tied, 0) as Tied
                from minion_versions made join minions now on now.id = made.minion_id
                left join training_jobs run on run.id = made.training_job_id
                left join chat on chat.number = made.number
                left join feedback on feedback.number = made.number
                left join votes on votes.number = made.number
                where made.minion_id = {minion} order by made.number desc limit {Most}
                """
            )
            .ToListAsync(ct);
        return standings;
    }
}
