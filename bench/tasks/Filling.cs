using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>Fills the tasks of a person: two fifths are parts, a fifth waits for two others, half have three comments, all but one have labels.</summary>
internal static class Filling
{
    private const int PartsEach = 4;
    private const int WithParts = 6;

    // The first task is copied, whatever else its table holds.
    private const string Wholes = """
        insert into tasks
        select made.* from tasks t
          cross join (select gen_random_uuid() as id, n from generate_series(2, $2::int) n) fresh
          cross join lateral jsonb_populate_record(t, jsonb_build_object('id', fresh.id, 'root_id', fresh.id, 'number', fresh.n,
            'title', 'Compare the exports of week ' || fresh.n || ' line by line', 'position', fresh.n,
            'labels', jsonb_build_array('week-' || fresh.n % 52, (array['ops', 'web', 'data'])[1 + fresh.n % 3]),
            'priority', (array['None', 'Low', 'Medium', 'High', 'Urgent'])[1 + fresh.n % 5],
            'assigned_to', case when fresh.n % 3 = 0 then null else $3::uuid end,
            'due_at', case when fresh.n % 2 = 0 then now() + fresh.n % 60 * interval '1 day' end,
            'status', (array['Todo', 'InProgress', 'Review', 'Done'])[1 + fresh.n % 4])) made
        where t.id = $1
        """;
    private const string Parts = """
        insert into tasks
        select made.* from tasks t
          cross join lateral (select gen_random_uuid() as id, k from generate_series(1, $3::int + 0 * t.number) k) fresh
          cross join lateral jsonb_populate_record(t, jsonb_build_object('id', fresh.id, 'parent_id', t.id, 'level', 2,
            'number', $2::int + (t.number / $4::int - 1) * $3::int + fresh.k, 'title', 'Part ' || fresh.k || ' of T-' || t.number,
            'position', t.number + fresh.k / 10.0,
            'status', case when t.status = 'Done' or fresh.k = 1 then 'Done' else t.status end)) made
        where t.owner_id = $1 and t.number % $4::int = 0 and t.parent_id is null
        """;
    private const string Dependencies = """
        insert into task_dependencies (task_id, depends_on_id, created_at)
        select t.id, other.id, now() from tasks t
          join tasks other on other.owner_id = t.owner_id and other.number in (t.number - 1, t.number - 2)
        where t.owner_id = $1 and t.number % 5 = 0 and t.parent_id is null
        """;
    private const string Comments = """
        insert into task_comments (id, task_id, citizen_id, content, kind, created_at, updated_at)
        select gen_random_uuid(), t.id, t.owner_id, 'Compare by order number, not by line: the two are sorted differently.', 'Comment', now(), now()
        from tasks t cross join generate_series(1, 3) where t.owner_id = $1 and t.number % 2 = 0
        """;

    /// <param name="tasks">A multiple of 10.</param>
    public static async Task FillAsync(Site site, Person person, int tasks)
    {
        var minion = await person.PostAsync(
            "/api/minions",
            new JsonObject
            {
                ["name"] = $"clerk-{tasks}",
                ["display_name"] = "Clerk",
                ["provider"] = "local",
                ["model_id"] = "sprout",
            }
        );
        var first = await person.PostAsync("/api/tasks", new { title = "Compare the exports of all weeks" });
        var wholes = tasks * 3 / 5;
        await site.ExecuteAsync(Wholes, first["task"]!["id"]!.GetValue<Guid>(), wholes, minion["minion_id"]!.GetValue<Guid>());
        await site.ExecuteAsync(Parts, person.Id, wholes, PartsEach, WithParts);
        await site.ExecuteAsync(Dependencies, person.Id);
        await site.ExecuteAsync(Comments, person.Id);
        await site.ExecuteAsync("update task_numbers set last = $2 where owner_id = $1", person.Id, tasks);
        await site.ExecuteAsync("analyze");
    }
}
