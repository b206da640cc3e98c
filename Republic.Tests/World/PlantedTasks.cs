using Microsoft.EntityFrameworkCore;

namespace Republic.Tests.World;

/// <summary>Copies a person's first task many times over.</summary>
internal static class PlantedTasks
{
    /// <summary>Makes T-2 and all up to <paramref name="count"/>, spread over the columns; each waits for the one before it.</summary>
    /// <param name="first">T-1.</param>
    public static Task<int> CopyAsync(IRepublic republic, Guid first, int count) =>
        republic.QueryAsync(async db =>
        {
            var ct = TestContext.Current.CancellationToken;
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into tasks
                select made.* from tasks t
                  cross join (select gen_random_uuid() as id, n from generate_series(2, {count}) n) fresh
                  cross join lateral jsonb_populate_record(t, jsonb_build_object('id', fresh.id, 'root_id', fresh.id, 'number', fresh.n,
                    'title', 'Task ' || fresh.n, 'position', fresh.n,
                    'status', (array['Todo', 'InProgress', 'Review', 'Done'])[1 + fresh.n % 4])) made
                where t.id = {first}
                """,
                ct
            );
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into task_dependencies (task_id, depends_on_id, created_at)
                select id, before, now() from (
                  select later.id, lag(later.id) over (order by later.number) as before from tasks first
                    join tasks later on later.owner_id = first.owner_id
                  where first.id = {first}) pairs
                where before is not null
                """,
                ct
            );
            return await db.Database.ExecuteSqlAsync(
                $"update task_numbers set last = {count} where owner_id = (select owner_id from tasks where id = {first})",
                ct
            );
        });
}
