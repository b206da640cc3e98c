using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Minions.Access;

/// <summary>Counts answers in chats as they end. One statement, so that fifty at once are fifty.</summary>
internal static class MinionStatistics
{
    /// <param name="provider">Whose model answered; null where none was asked, which counts for the minion's own.</param>
    /// <param name="succeeded">The answer completed; one that was stopped or broke off did not.</param>
    public static Task CountAsync(RepublicDb db, Guid minion, string? provider, bool succeeded, CancellationToken ct)
    {
        var success = succeeded ? 1 : 0;
        return db.Database.ExecuteSqlAsync(
            $"""
            with counted as (
                update minions set total_queries = total_queries + 1, successful_queries = successful_queries + {success}
                where id = {minion} returning id, provider)
            insert into answer_days as kept (minion_id, day, provider, answers, completed, outside, outside_completed)
            select id, (now() at time zone 'UTC')::date, coalesce({provider}, provider), 1, {success}, 0, 0 from counted
            on conflict (minion_id, day, provider) do update set
                answers = kept.answers + excluded.answers, completed = kept.completed + excluded.completed
            """,
            ct
        );
    }
}
