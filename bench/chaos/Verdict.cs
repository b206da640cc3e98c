using System.Text.Json;

namespace Republic.Bench;

/// <summary>Holds what the database and the provider know after a campaign against what must be so.</summary>
internal sealed class Verdict(Witness witness, FakeProvider provider, IReadOnlyDictionary<string, string> calm)
{
    private readonly List<string> violations = [];

    public IReadOnlyList<string> Violations => violations;

    public int Runs { get; private set; }

    /// <summary>With the same end as in peace.</summary>
    public int Ended { get; private set; }

    public int Starts { get; private set; }

    public int Calls { get; private set; }

    public int Unanswered { get; private set; }

    /// <summary>How often a run was held, and went on by itself.</summary>
    public int Holds { get; private set; }

    public int Writes { get; private set; }

    public DoneAgain DoneAgain { get; private set; } = new([], []);

    /// <param name="waits">Why runs waited for a person.</param>
    public async Task JudgeAsync(IEnumerable<string> waits)
    {
        Holds = (await witness.RowsAsync("select job from chaos_holds")).Count;
        violations.AddRange(waits.Where(why => why.Contains("its process died")).Select(why => $"A run waited for a person: {why}"));
        foreach (var run in await witness.RowsAsync(FinalState.Query))
        {
            Judge(run);
        }

        await JudgeCallsAsync();
        await JudgeWritersAsync();
        DoneAgain = await DoneAgain.ReadAsync(witness);
        violations.AddRange(DoneAgain.Violations);
    }

    private void Judge(JsonElement run)
    {
        var (id, name) = (run.GetProperty("id").GetString(), run.GetProperty("name").GetString()!);
        Runs++;
        Starts += run.GetProperty("epoch").GetInt32();
        if (run.GetProperty("status").GetString() != "Completed" || !run.GetProperty("reported").GetBoolean())
        {
            violations.Add($"{name} {id} ended {run.GetProperty("status")}");
            return;
        }

        var state = FinalState.Of(run);
        Ended += state == calm[name] ? 1 : 0;
        if (state != calm[name])
        {
            violations.Add($"{name} {id} differs from the run in peace: {FinalState.Difference(calm[name], state)}");
        }

        if (
            run.GetProperty("versions").EnumerateArray().Count(version => version.GetProperty("mine") is { ValueKind: JsonValueKind.True })
            != 1
        )
        {
            violations.Add($"{name} {id} has not made one version");
        }

        var points = run.GetProperty("losses") is { ValueKind: JsonValueKind.Array } losses
            ? losses
                .EnumerateArray()
                .Select(point => (point.GetProperty("kind").GetString(), point.GetProperty("step").GetInt32()))
                .ToList()
            : [];
        var train = points.Where(point => point.Item1 == "train").Select(point => point.Item2).ToList();
        if (points.Distinct().Count() != points.Count || !train.SequenceEqual(Enumerable.Range(1, train.Count)))
        {
            violations.Add($"{name} {id} has a loss twice, or lacks one: {string.Join(' ', train)}");
        }
    }

    /// <summary>Every call has its row; a question is answered once; a start that died left at most the one in flight.</summary>
    private async Task JudgeCallsAsync()
    {
        var rows = await witness.RowsAsync("select id, training_job_id as run, key, answer is not null as answered from training_calls");
        var known = rows.Select(row => row.GetProperty("id").GetString()!).ToHashSet();
        Calls = provider.Calls.Count;
        foreach (var (key, times) in provider.Calls)
        {
            if (!known.Contains(key) || times > 1)
            {
                violations.Add($"The provider was called {times} times with {key}, {(known.Contains(key) ? "one row" : "no row")}");
            }
        }

        var tries = (
            await witness.RowsAsync(
                """
                select t.id as run, j.epoch - (select count(*) from chaos_waits w join jobs o on o.id = w.job where o.subject = t.id)
                  - (select count(*) from chaos_holds h join jobs o on o.id = h.job where o.subject = t.id) as epoch, (select count(*) from training_events e
                  where e.training_job_id = t.id and e.kind = 'log' and e.data->>'text' like '%Trying again in%') as again
                from training_jobs t join jobs j on j.id = t.work_id
                """
            )
        ).ToDictionary(
            row => row.GetProperty("run").GetGuid(),
            row => row.GetProperty("epoch").GetInt32() - 1 + row.GetProperty("again").GetInt32()
        );
        foreach (var run in rows.GroupBy(row => row.GetProperty("run").GetGuid()))
        {
            var lost = run.Count(row => !row.GetProperty("answered").GetBoolean());
            Unanswered += lost;
            if (lost > tries[run.Key])
            {
                violations.Add($"{run.Key} has {lost} calls without an answer, and was interrupted {tries[run.Key]} times");
            }

            violations.AddRange(
                run.GroupBy(row => row.GetProperty("key").GetString())
                    .Where(question => question.Count(row => row.GetProperty("answered").GetBoolean()) != 1)
                    .Select(question => $"{run.Key} has not one answer to {question.Key}")
            );
        }
    }

    /// <summary>Whoever wrote was the holder at that moment.</summary>
    private async Task JudgeWritersAsync()
    {
        var writes = await witness.RowsAsync(
            "select writer, split_part(holder, '/', 2)::int as process, kind, count(*) as times from chaos_writes group by 1, 2, 3"
        );
        foreach (var write in writes)
        {
            Writes += write.GetProperty("times").GetInt32();
            if (
                !Node.Processes.TryGetValue(write.GetProperty("writer").GetString()!, out var process)
                || process != write.GetProperty("process").GetInt32()
            )
            {
                violations.Add($"{write} was written by another process than the holder");
            }
        }
    }
}
