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

    private readonly Dictionary<int, int> askedAgain = [];
    private int asked;

    public int AskedAgain => askedAgain.Values.Sum();

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
            askedAgain[First + asked] = askedAgain.GetValueOrDefault(First + asked) + 1;
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
    public async Task<int> JudgeAsync(Provider provider, List<string> violations)
    {
        var answers = await site.RowsAsync(
            """
            select a.id, substring(c.prompt from '[0-9]+')::int as errand, a.state, a.text, a.cost
            from comparison_answers a join comparisons c on c.id = a.comparison_id
            """
        );
        foreach (var calls in provider.Calls.Where(call => call.Errand >= First).CountBy(call => call.Errand))
        {
            if (calls.Value > 2 + askedAgain.GetValueOrDefault(calls.Key))
            {
                violations.Add(
                    $"Errand {calls.Key} was asked {calls.Value} times, and {askedAgain.GetValueOrDefault(calls.Key)} times again"
                );
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

        return answers.Count;
    }

    private JsonObject Candidate(int version) => new() { ["minion_id"] = minion, ["version"] = version };
}
