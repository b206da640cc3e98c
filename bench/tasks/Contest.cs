using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>A person compares two versions of the minion, again and again, while the app is killed, and asks again where a kill interrupted.</summary>
internal sealed class Contest(Site site, Person person, Guid minion)
{
    /// <summary>Prompts of comparisons are numbered from here on.</summary>
    public const int First = 2_000_000;

    private const string Path = "/api/training/comparisons";

    /// <summary>The answers of the newest comparison, and whether a node has it or will.</summary>
    private const string Newest = """
        select c.id, a.position, a.state, exists (select 1 from jobs j where j.subject = c.id and j.status in ('Queued', 'Running')) as has_job
        from (select id from comparisons order by id desc limit 1) c join comparison_answers a on a.comparison_id = c.id order by a.position
        """;

    private int asked;

    /// <summary>Gives the minion two versions without a training, which say the same.</summary>
    public Task BeginAsync() =>
        site.ExecuteAsync(
            """
            insert into minion_versions (id, minion_id, number, provider, model_id, lora_enabled, trait_slots_used, trait_points_spent, dataset_ids, collection_ids, created_at)
            select gen_random_uuid(), m.id, number, m.provider, m.model_id, false, 0, 0, '{}', '{}', now()
            from minions m cross join generate_series(0, 1) number where m.id = $1
            """,
            minion
        );

    /// <summary>Does what is to be done next.</summary>
    /// <param name="isOver">No new comparison is begun.</param>
    /// <returns>Whether all answers have come to their end.</returns>
    public async Task<bool> GoOnAsync(bool isOver)
    {
        var answers = await site.RowsAsync(Newest);
        if (answers.Exists(answer => answer.GetProperty("has_job").GetBoolean()))
        {
            return false;
        }

        var failed = answers.Find(answer => answer.GetProperty("state").GetString() != "Complete");
        if (failed.ValueKind == JsonValueKind.Object)
        {
            await person.TryPostAsync(
                $"{Path}/{failed.GetProperty("id").GetString()}/answers/{failed.GetProperty("position").GetInt32()}/retry"
            );
            return false;
        }

        if (!isOver)
        {
            var candidates = new JsonArray(Candidate(0), Candidate(1));
            await person.TryPostAsync(Path, new JsonObject { ["prompt"] = $"Errand {First + ++asked}", ["candidates"] = candidates });
        }

        return isOver;
    }

    /// <summary>Every answer is complete in the end, and none was asked for more often than the person said.</summary>
    public async Task<(int Answers, int AskedAgain)> JudgeAsync(Provider provider, List<string> violations)
    {
        var answers = await site.RowsAsync(
            """
            select a.id, substring(c.prompt from '[0-9]+')::int as errand, a.state, a.text, a.cost
            from comparison_answers a join comparisons c on c.id = a.comparison_id
            """
        );
        var calls = provider.Calls.CountBy(call => call.Errand).ToDictionary();
        var comparisons = await site.RowsAsync(
            """
            select substring(c.prompt from '[0-9]+')::int as errand, (select count(*) - 1 from jobs j where j.subject = c.id) as again
            from comparisons c
            """
        );
        foreach (var comparison in comparisons)
        {
            var (errand, again) = (comparison.GetProperty("errand").GetInt32(), comparison.GetProperty("again").GetInt32());
            if (calls.GetValueOrDefault(errand) > 2 + again)
            {
                violations.Add($"Errand {errand} was asked {calls[errand]} times, and the person asked {again} times again");
            }
        }

        foreach (var answer in answers)
        {
            var (state, text) = (answer.GetProperty("state").GetString(), answer.GetProperty("text").GetString()!);
            if (state != "Complete" || !Provider.Texts.Contains(text) || answer.GetProperty("cost").ValueKind != JsonValueKind.Number)
            {
                violations.Add($"Answer {answer.GetProperty("id")} is {state}, costs {answer.GetProperty("cost")} and says “{text}”");
            }
        }

        return (answers.Count, comparisons.Sum(comparison => comparison.GetProperty("again").GetInt32()));
    }

    private JsonObject Candidate(int version) => new() { ["minion_id"] = minion, ["version"] = version };
}
