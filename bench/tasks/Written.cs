using System.Globalization;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>
/// How much the database writes for one long answer, in a chat and at a task: the growth of its write-ahead log while the answer comes, less
/// that of an idle app in the same time.
/// </summary>
internal static class Written
{
    public static async Task RunAsync(string app, int characters, int seconds)
    {
        await using var provider = await Provider.StartAsync(seed: 1);
        await using var site = await Site.StartAsync(app, ("Tasks__MaxTokens", "1000000"));
        using var person = new Person("mira", site.Node.Address);
        await person.ArriveAsync();
        var minion = await Campaign.MinionAsync(person);
        provider.Answer = (characters, seconds);
        var chat = (await person.PostAsync("/api/conversations", new JsonObject { ["participants"] = new JsonArray(minion) }))[
            "conversation"
        ]!["id"];
        var lasts = TimeSpan.FromSeconds(seconds + 3);

        var idle = await GrowthAsync(site, lasts, () => Task.CompletedTask);
        var inChat = await GrowthAsync(
            site,
            lasts,
            () => person.PostAsync($"/api/conversations/{chat}/messages", new JsonObject { ["content"] = "Errand 1" })
        );
        var atTask = await GrowthAsync(
            site,
            lasts,
            () => person.PostAsync("/api/tasks", new JsonObject { ["title"] = "Errand 2", ["assigned_to"] = minion })
        );
        var saved = await site.RowsAsync(
            "select (select max(length(content)) from messages) as chat, (select max(length(text)) from task_attempts) as task"
        );
        Console.WriteLine(
            $"""
            `bench/tasks/written {characters} {seconds}`: load {File.ReadAllText("/proc/loadavg")[..14]}

            | an answer of {characters:N0} characters within {seconds} s | saved characters | KB of write-ahead log |
            | --- | --- | --- |
            | in a chat | {saved[0].GetProperty("chat")} | {Kilobytes(inChat - idle)} |
            | at a task | {saved[0].GetProperty("task")} | {Kilobytes(atTask - idle)} |
            | none, the app is idle | | {Kilobytes(idle)} |
            """
        );
    }

    private static async Task<long> GrowthAsync(Site site, TimeSpan lasts, Func<Task> begin)
    {
        // Else the first change of each page after a checkpoint of the database's own would count.
        await site.ExecuteAsync("checkpoint");
        var before = await PositionAsync(site);
        await begin();
        await Task.Delay(lasts);
        return await PositionAsync(site) - before;
    }

    private static async Task<long> PositionAsync(Site site) =>
        (await site.RowsAsync("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as position"))[0]
            .GetProperty("position")
            .GetInt64();

    private static string Kilobytes(long bytes) => (bytes / 1000).ToString("N0", CultureInfo.InvariantCulture);
}
