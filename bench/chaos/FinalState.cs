using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Republic.Bench;

/// <summary>What a run has come to, without times, ids and the numbers of starts: the same with kills and without.</summary>
internal static partial class FinalState
{
    public const string Query = """
        select t.id, t.name, t.work_id, j.status, j.epoch, t.report is not null as reported,
          (select jsonb_agg(jsonb_build_object('status', s.status, 'output', s.output) order by s.index)
             from training_steps s where s.training_job_id = t.id) as steps,
          t.report, t.config,
          (select jsonb_build_object('xp', m.experience, 'rows', m.trained_rows, 'version', m.version, 'adapter', m.adapter,
             'prompt', m.enhanced_system_prompt) from minions m where m.id = t.minion_id) as minion,
          (select jsonb_agg(jsonb_build_object('number', v.number, 'sha', v.adapter_sha256, 'base', v.base_sha256, 'prompt', v.enhanced_system_prompt,
             'mine', v.training_job_id = t.id) order by v.number) from minion_versions v where v.minion_id = t.minion_id) as versions,
          (select jsonb_agg(e.data order by e.data->>'kind', (e.data->>'step')::int, e.id)
             from training_events e where e.training_job_id = t.id and e.kind = 'loss') as losses,
          (select jsonb_agg(jsonb_build_object('key', c.key, 'text', c.answer->>'text') order by c.key)
             from training_calls c where c.training_job_id = t.id and c.answer is not null) as answers
        from training_jobs t join jobs j on j.id = t.work_id
        """;

    private static readonly string[] Parts = ["steps", "report", "config", "minion", "versions", "losses", "answers"];

    public static string Of(JsonElement run) =>
        string.Join('\n', Parts.Select(part => Plain(JsonNode.Parse(run.GetProperty(part).GetRawText()))?.ToJsonString() ?? "null"));

    /// <summary>The first place where two differ.</summary>
    public static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        string Around(string text) => text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 120)];
        return $"\n      {Around(one)}\n      {Around(other)}";
    }

    private static JsonNode? Plain(JsonNode? node) =>
        node switch
        {
            JsonObject o => new JsonObject(
                o.Where(pair => !Dropped().IsMatch(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, Plain(pair.Value)))
            ),
            JsonArray a => new JsonArray([.. a.Select(Plain)]),
            JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(Id().Replace(text, "ID")),
            _ => node?.DeepClone(),
        };

    [GeneratedRegex("(?i)(seconds|speed|time|folder)$|speed_|(_at)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dropped();

    [GeneratedRegex(@"\b[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();
}
