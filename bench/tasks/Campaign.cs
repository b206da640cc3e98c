using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Bench;

/// <summary>
/// A person talks with a minion, compares versions of it and gives it errands, answers what it asks, starts again what was interrupted and accepts what is handed in, while the app
/// is killed at random moments and started again.
/// </summary>
internal sealed class Campaign(Site site, Person person, Provider provider, Guid minion, long seed)
{
    private const int AtOnce = 6;

    /// <summary>All tasks with their last attempt, and whether a node has it or will.</summary>
    private const string Standing = """
        select t.id, t.status, case a.state when 'Streaming' then 'Working' when 'Complete' then case when a.is_question then 'Waiting' else 'HandedIn' end
            when 'Interrupted' then 'Failed' else a.state end as state, exists (select 1 from jobs j where j.subject = a.id and j.status in ('Queued', 'Running')) as has_job
        from tasks t left join lateral (select id, state, is_question from task_attempts where task_id = t.id order by id desc limit 1) a on true
        where t.status <> 'Done'
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SeededRandom random = SeededRandom.For(seed, 1);
    private readonly Talk talk = new(site, person, minion);
    private readonly Contest contest = new(site, person, minion);
    private int kills;
    private int errands;
    private int begunAgain;
    private volatile bool isOver;

    /// <returns>The number of violations.</returns>
    public static async Task<int> RunAsync(string app, int kills, TimeSpan lasts, long seed)
    {
        await using var provider = await Provider.StartAsync(seed);
        await using var site = await Site.StartAsync(
            app,
            ("Jobs__AtOnce", "8"),
            // A job that is killed again and again before it comes to anything is held, which is not what is looked at.
            ("Jobs__HoldFor", "00:00:05"),
            ("Tasks__AtOncePerPerson", "8"),
            ("Tasks__StartsADay", "10000")
        );
        using var person = new Person("mira", site.Node.Address);
        await person.ArriveAsync();
        var minion = await MinionAsync(person);
        var price = new JsonObject
        {
            ["provider"] = "custom",
            ["model"] = "fake",
            ["input"] = Verdict.DollarsPerMillion,
            ["output"] = Verdict.DollarsPerMillion,
        };
        await person.PostAsync($"/api/users/{person.Id}/prices", price);
        await person.PostAsync($"/api/users/{person.Id}/budgets", new JsonObject { ["scope"] = "person", ["monthly_usd"] = 1000 });
        var campaign = new Campaign(site, person, provider, minion, seed);
        return await campaign.RunAsync(kills, lasts);
    }

    /// <summary>Makes a minion that the provider of the bench answers for.</summary>
    public static async Task<Guid> MinionAsync(Person person)
    {
        var made = await person.PostAsync(
            "/api/minions",
            new JsonObject
            {
                ["name"] = "pim",
                ["display_name"] = "Pim",
                ["provider"] = "custom",
                ["model_id"] = "fake",
                ["base_url"] = $"http://127.0.0.1:{Provider.Port}/v1",
                ["api_key"] = "sk-bench-0123456789",
            }
        );
        return made["minion_id"]!.GetValue<Guid>();
    }

    private async Task<int> RunAsync(int most, TimeSpan lasts)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var working = WorkAsync();
        while (kills < most && TimeProvider.System.GetElapsedTime(begin) < lasts && !working.IsCompleted)
        {
            await Task.Delay(100 + random.Next(2400));
            await site.Node.KillAsync();
            kills++;
            await site.Node.StartAsync();
        }

        isOver = true;
        await working;
        var verdict = await Verdict.ReadAsync(site, person, provider, minion, talk, contest);
        Console.WriteLine(
            $"""
            `bench/tasks/kill {most} {lasts.TotalSeconds:0} {seed}`: {TimeProvider.System.GetElapsedTime(
                begin
            ).TotalSeconds:0} s, load {File.ReadAllText("/proc/loadavg")[..14]}

            | what | |
            | --- | --- |
            | the app was killed (-9) and started again | {kills} times |
            | tasks given to the minion, and accepted in the end | {verdict.Tasks}, {verdict.Done} |
            | attempts, and those that a kill interrupted | {verdict.Attempts}, {verdict.Interrupted} |
            | attempts that the person began again | {begunAgain} |
            | answers in chats, and those that a kill interrupted | {verdict.Answers}, {verdict.InterruptedAnswers} |
            | answers that the person had written again | {talk.WrittenAgain} |
            | answers in comparisons, and questions that the person asked again | {verdict.Compared}, {verdict.AskedAgain} |
            | calls at the provider, written down, and killed before they were | {provider.Calls.Count}, {verdict.Bills}, {provider.Calls.Count - verdict.Bills} |
            | dollars of what was answered, and of what the budget says is spent | {verdict.Answered:0.000000}, {verdict.Spent:0.000000} |
            | comments of the minion | {verdict.Comments} |
            | violations | {verdict.Violations.Count} |
            """
        );
        foreach (var violation in verdict.Violations.Take(40))
        {
            Console.WriteLine($"- {violation}");
        }

        return verdict.Violations.Count;
    }

    /// <summary>Keeps errands going until the killing is over, and then ends those that there are.</summary>
    private async Task WorkAsync()
    {
        long? over = null;
        await talk.BeginAsync();
        await contest.BeginAsync();
        while (true)
        {
            var standing = await site.RowsAsync(Standing);
            var isSaid = await talk.GoOnAsync(isOver) & await contest.GoOnAsync(isOver);
            if (
                isOver
                && (
                    (standing.Count == 0 && isSaid)
                    || TimeProvider.System.GetElapsedTime(over ??= TimeProvider.System.GetTimestamp()) > Patience
                )
            )
            {
                return;
            }

            foreach (var task in standing)
            {
                await ActAsync(task);
            }

            if (!isOver && standing.Count < AtOnce)
            {
                await GiveAsync();
            }

            await Task.Delay(100);
        }
    }

    private async Task GiveAsync()
    {
        var errand = new JsonObject
        {
            ["title"] = $"Errand {++errands}",
            ["capability"] = "errands",
            ["assigned_to"] = minion,
        };
        await person.TryPostAsync("/api/tasks", errand);
    }

    /// <summary>As a person who looks at the board does.</summary>
    private async Task ActAsync(JsonElement task)
    {
        var path = $"/api/tasks/{task.GetProperty("id").GetString()}";
        var state = task.GetProperty("state").GetString();
        if (task.GetProperty("status").GetString() == "Review")
        {
            await person.TryPostAsync($"{path}/move", new JsonObject { ["status"] = "DONE", ["from"] = "REVIEW" });
        }
        else if (state == "Waiting")
        {
            await person.TryPostAsync($"{path}/comments", new JsonObject { ["content"] = "Week 48." });
        }
        else if (!task.GetProperty("has_job").GetBoolean() && await person.TryPostAsync($"{path}/start") is not null)
        {
            begunAgain++;
        }
    }
}
