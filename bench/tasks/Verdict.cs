using System.Text.Json;

namespace Republic.Bench;

/// <summary>Holds against what must be so: every attempt ended in a state with its reason, and nothing was done, asked or paid for twice.</summary>
internal sealed class Verdict
{
    public const decimal DollarsPerMillion = 1;

    private const decimal CostOfCall = DollarsPerMillion * (Provider.PromptTokens + Provider.AnswerTokens) / 1_000_000;

    private const string AllAttempts = """
        select a.id, a.task_id, substring(t.title from '[0-9]+')::int as errand, t.number, case a.state when 'Streaming' then 'Working' when 'Complete' then case when a.is_question then 'Waiting' else 'HandedIn' end
            when 'Interrupted' then 'Failed' else a.state end as state, a.error, a.comment_id, a.cost, a.started_at,
          c.kind, exists (select 1 from jobs j where j.subject = a.id and j.status in ('Queued', 'Running')) as has_job
        from task_attempts a join tasks t on t.id = a.task_id left join task_comments c on c.id = a.comment_id and c.task_id = a.task_id
        order by a.id
        """;

    private readonly List<string> violations = [];

    public int Tasks { get; private set; }

    public int Done { get; private set; }

    public int Attempts { get; private set; }

    public int Interrupted { get; private set; }

    public int Comments { get; private set; }

    public int Answers { get; private set; }

    public int InterruptedAnswers { get; private set; }

    public int Compared { get; private set; }

    /// <summary>How many calls were written down.</summary>
    public int Bills { get; private set; }

    /// <summary>How often the person had an answer of a comparison asked for again.</summary>
    public int AskedAgain { get; private set; }

    /// <summary>Dollars that the person's budget counts.</summary>
    public decimal Spent { get; private set; }

    /// <summary>Dollars of all answers, as their rows say.</summary>
    public decimal Answered { get; private set; }

    public IReadOnlyList<string> Violations => violations;

    public static async Task<Verdict> ReadAsync(Site site, Person person, Provider provider, Guid minion, Talk talk, Contest contest)
    {
        var verdict = new Verdict();
        var attempts = await site.RowsAsync(AllAttempts);
        verdict.Attempts = attempts.Count;
        foreach (var attempt in attempts)
        {
            verdict.JudgeEnd(attempt);
        }

        verdict.JudgeCalls(attempts, provider);
        await verdict.JudgeCommentsAsync(site, attempts, minion);
        await verdict.JudgeTasksAsync(site);
        await verdict.JudgeBillsAsync(site, provider, minion);
        await verdict.JudgeBudgetAsync(site, person);
        (verdict.Compared, verdict.AskedAgain) = await contest.JudgeAsync(provider, verdict.violations);
        (verdict.Answers, verdict.InterruptedAnswers) = await talk.JudgeAsync(provider, verdict.violations);
        return verdict;
    }

    private static string Name(JsonElement attempt) => $"T-{attempt.GetProperty("number")} {attempt.GetProperty("id").GetString()}";

    private static bool HasAnswered(JsonElement attempt) => attempt.GetProperty("state").GetString() is "HandedIn" or "Waiting";

    /// <summary>The end says what happened, and the comment is there where there was an answer.</summary>
    private void JudgeEnd(JsonElement attempt)
    {
        var (state, kind) = (attempt.GetProperty("state").GetString(), attempt.GetProperty("kind").GetString());
        var error = attempt.GetProperty("error").GetString();
        Interrupted += error?.Contains("interrupted") == true ? 1 : 0;
        var wrong = state switch
        {
            "HandedIn" => kind == "HandIn" ? null : "has no hand-in",
            "Waiting" => kind == "Blocked" ? null : "has no question",
            "Failed" or "Stopped" => string.IsNullOrEmpty(error) ? "does not say why"
            : kind is not null ? "has a comment"
            : null,
            // Nobody will come to it: the page shows it as interrupted. With a job it is lost time, which a campaign's end leaves none of.
            _ => attempt.GetProperty("has_job").GetBoolean() ? "is still at work" : null,
        };
        if (wrong is not null)
        {
            violations.Add($"{Name(attempt)} is {state} and {wrong}");
        }

        if (attempt.GetProperty("cost") is { ValueKind: JsonValueKind.Number } cost && cost.GetDecimal() > CostOfCall)
        {
            violations.Add($"{Name(attempt)} cost {cost}, more than one call");
        }

        if (HasAnswered(attempt) && attempt.GetProperty("cost") is not { ValueKind: JsonValueKind.Number })
        {
            violations.Add($"{Name(attempt)} is {state} and has no cost");
        }
    }

    /// <summary>Each call belongs to the attempt of its errand that had begun last.</summary>
    private void JudgeCalls(List<JsonElement> attempts, Provider provider)
    {
        var asked = attempts.ToDictionary(attempt => attempt.GetProperty("id").GetString()!, _ => 0);
        var begun = attempts
            .Where(attempt => attempt.GetProperty("started_at").ValueKind == JsonValueKind.String)
            .ToLookup(attempt => attempt.GetProperty("errand").GetInt32());
        foreach (var (errand, at) in provider.Calls.Where(call => call.Errand < Talk.First))
        {
            if (
                begun[errand].LastOrDefault(one => one.GetProperty("started_at").GetDateTimeOffset() <= at)
                is not { ValueKind: JsonValueKind.Object } own
            )
            {
                violations.Add($"Errand {errand} was asked without an attempt");
                continue;
            }

            asked[own.GetProperty("id").GetString()!]++;
        }

        foreach (var attempt in attempts)
        {
            var calls = asked[attempt.GetProperty("id").GetString()!];
            if (calls > 1 || (HasAnswered(attempt) && calls == 0))
            {
                violations.Add($"{Name(attempt)} is {attempt.GetProperty("state")} after {calls} calls");
            }
        }
    }

    /// <summary>Each comment of the minion is that of one attempt.</summary>
    private async Task JudgeCommentsAsync(Site site, List<JsonElement> attempts, Guid minion)
    {
        var named = attempts.Select(attempt => attempt.GetProperty("comment_id").GetString()).OfType<string>().ToList();
        var written = await site.RowsAsync($"select id from task_comments where citizen_id = '{minion}'");
        Comments = written.Count;
        if (named.Distinct().Count() != named.Count || named.Count != written.Count)
        {
            violations.Add(
                $"The minion wrote {written.Count} comments, and {named.Count} attempts name {named.Distinct().Count()} of them"
            );
        }
    }

    /// <summary>Every task came to its end, and was counted for the minion once.</summary>
    private async Task JudgeTasksAsync(Site site)
    {
        var tasks = await site.RowsAsync(
            """
            select t.number, t.status, (select count(*) from capability_entries e where e.source_id = t.id and e.kind = 'Success') as successes
            from tasks t order by t.number
            """
        );
        Tasks = tasks.Count;
        foreach (var task in tasks)
        {
            var (status, successes) = (task.GetProperty("status").GetString(), task.GetProperty("successes").GetInt32());
            Done += status == "Done" ? 1 : 0;
            if (status != "Done" || successes != 1)
            {
                violations.Add($"T-{task.GetProperty("number")} is {status}, and counted {successes} times");
            }
        }
    }

    /// <summary>A call is written down once, or not at all where it died with its process.</summary>
    private async Task JudgeBillsAsync(Site site, Provider provider, Guid minion)
    {
        var bills = await site.RowsAsync(
            $"select started_at from model_calls where minion_id = '{minion}' and purpose in ('Task', 'Chat', 'Comparison')"
        );
        Bills = bills.Count;
        if (Bills > provider.Calls.Count)
        {
            violations.Add($"{Bills} calls were written down, and {provider.Calls.Count} were made");
        }
    }

    /// <summary>What was answered is spent. Of calls that were killed, the budget keeps what was set aside.</summary>
    private async Task JudgeBudgetAsync(Site site, Person person)
    {
        var answered = await site.RowsAsync(
            """
            select (select coalesce(sum(cost), 0) from task_attempts) + (select coalesce(sum(cost), 0) from messages)
              + (select coalesce(sum(cost), 0) from comparison_answers) as dollars
            """
        );
        var budgets = await person.GetAsync($"/api/users/{person.Id}/budgets");
        (Answered, Spent) = (answered[0].GetProperty("dollars").GetDecimal(), budgets["budgets"]![0]!["spent_usd"]!.GetValue<decimal>());
        if (Answered > Spent)
        {
            violations.Add($"Answers cost {Answered}, and the budget says that {Spent} are spent");
        }
    }
}
