using System.Text.Json;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>Holds against what must be so: the same end as in peace, at most one call made again for each kill, and nothing twice.</summary>
internal sealed class Verdict
{
    private const string AllEpisodes = """
        select e.id, e.owner_id, (e.config->'facts'->>'number')::int as number, t.id as timeline_id, t.status, t.result, t.started_at, t.ended_at,
          (select count(*) from steps s where s.timeline_id = t.id) as steps,
          (select count(*) from steps s where s.timeline_id = t.id and s.state = 'Complete' and s.done_seq is not null) as complete,
          (select count(distinct s.done_seq) from steps s where s.timeline_id = t.id) as ends,
          (select coalesce(json_agg(s.id), '[]') from steps s where s.timeline_id = t.id) as step_ids,
          (select count(*) from episode_entries n where n.timeline_id = t.id and n.kind not in ('started', 'step_done', 'judged')) as other_entries
        from episodes e join timelines t on t.episode_id = e.id order by number
        """;

    private readonly List<string> violations = [];

    /// <summary>What was made of one kind of episodes.</summary>
    public sealed record Sum(int Episodes, int Steps, int Calls);

    public Sum Peaceful { get; private set; } = new(0, 0, 0);

    public Sum Killed { get; private set; } = new(0, 0, 0);

    public int KillsUnderWay { get; private set; }

    public int Repeated { get; private set; }

    /// <summary>The most calls that one episode made again, and how often it was killed.</summary>
    public (int Calls, int Kills) MostRepeated { get; private set; }

    public int Otherwise { get; private set; }

    public int Broken { get; private set; }

    public int Doubled { get; private set; }

    public IReadOnlyList<string> Violations => violations;

    /// <param name="plays">How many episodes were played in peace, which are the first; each later one is the same as one of them.</param>
    public static async Task<Verdict> ReadAsync(
        Site site,
        IReadOnlyList<Company> companies,
        Provider provider,
        int plays,
        IReadOnlyList<DateTimeOffset> kills
    )
    {
        var verdict = new Verdict();
        var calls = provider.Calls.ToLookup(call => call.Episode);
        Dictionary<int, (JsonElement Row, JsonNode View)> peaceful = [];
        foreach (var row in await site.RowsAsync(AllEpisodes))
        {
            var (number, id) = (row.GetProperty("number").GetInt32(), row.GetProperty("id").GetGuid());
            var person = companies.First(company => company.Person.Id == row.GetProperty("owner_id").GetGuid()).Person;
            var view = (await person.GetAsync($"/api/episodes/{id}"))["episode"]!;
            verdict.JudgeJournal(number, view, await person.PostAsync($"/api/episodes/{id}/replay"));
            verdict.JudgeSteps(number, row);
            if (number < plays)
            {
                peaceful[number] = (row, view);
                verdict.Peaceful = Add(verdict.Peaceful, row, calls[number].Count());
            }
            else
            {
                verdict.Killed = Add(verdict.Killed, row, calls[number].Count());
                verdict.JudgeEnd(number, view, peaceful[number % plays].View);
                verdict.JudgeCalls(number, row, calls[number].ToList(), calls[number % plays].ToList(), kills);
            }
        }

        return verdict;
    }

    private static Sum Add(Sum sum, JsonElement row, int calls) =>
        new(sum.Episodes + 1, sum.Steps + row.GetProperty("steps").GetInt32(), sum.Calls + calls);

    /// <summary>Its hashes are whole, and this version of the app decides as it was decided.</summary>
    private void JudgeJournal(int number, JsonNode view, JsonNode replay)
    {
        if (
            replay["broken_at"] is not null
            || replay["differences"]!.AsArray().Count > 0
            || (string?)replay["transcript_sha256"] != (string?)view["transcript_sha256"]
        )
        {
            Broken++;
            violations.Add($"Episode {number} is replayed as {replay.ToJsonString()}");
        }
    }

    private void JudgeSteps(int number, JsonElement row)
    {
        var (steps, complete, ends) = (
            row.GetProperty("steps").GetInt32(),
            row.GetProperty("complete").GetInt32(),
            row.GetProperty("ends").GetInt32()
        );
        if (steps != complete || complete != ends || row.GetProperty("other_entries").GetInt32() > 0)
        {
            Doubled += Math.Max(complete - ends, 0);
            violations.Add(
                $"Episode {number} has {steps} steps, {complete} complete ones of {ends} entries, and {row.GetProperty("other_entries")} other entries"
            );
        }
    }

    private void JudgeEnd(int number, JsonNode view, JsonNode peaceful)
    {
        foreach (var field in new[] { "status", "result", "ended_by", "turn", "transcript_sha256" })
        {
            if (view[field]?.ToJsonString() != peaceful[field]?.ToJsonString())
            {
                Otherwise++;
                violations.Add($"Episode {number} has {field} {view[field]} and not {peaceful[field]}");
                return;
            }
        }
    }

    /// <summary>A kill repeats the call that was under way, with the key that it had; nothing else is asked twice.</summary>
    private void JudgeCalls(
        int number,
        JsonElement row,
        IReadOnlyList<Provider.Call> made,
        IReadOnlyList<Provider.Call> inPeace,
        IReadOnlyList<DateTimeOffset> kills
    )
    {
        if (row.GetProperty("ended_at").ValueKind == JsonValueKind.Null || row.GetProperty("started_at").ValueKind == JsonValueKind.Null)
        {
            violations.Add($"Episode {number} did not end");
            return;
        }

        var (begun, ended) = (row.GetProperty("started_at").GetDateTimeOffset(), row.GetProperty("ended_at").GetDateTimeOffset());
        var killed = kills.Count(at => at >= begun && at <= ended);
        var repeated = made.Count - inPeace.Count;
        KillsUnderWay += killed;
        Repeated += repeated;
        MostRepeated = repeated > MostRepeated.Calls ? (repeated, killed) : MostRepeated;
        if (repeated < 0 || repeated > killed)
        {
            violations.Add($"Episode {number} made {made.Count} calls, {inPeace.Count} in peace, and was killed {killed} times");
        }

        foreach (var question in made.GroupBy(call => call.Question).Where(group => group.Select(call => call.Key).Distinct().Count() > 1))
        {
            violations.Add($"Episode {number} asked the same {question.Count()} times with other keys");
        }
    }
}
