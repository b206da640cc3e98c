using System.Globalization;
using System.Text.Json.Nodes;

namespace Republic.Bench;

/// <summary>What the machine decides in which time; how many steps a second are played on a provider that answers at once; and replays.</summary>
internal sealed class Measurement(Site site, IReadOnlyList<Company> companies, Provider provider)
{
    private const int People = 16;

    /// <summary>As many as minions act in for one person.</summary>
    private const int AtOnceEach = 2;
    private const int Windows = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private int number;

    /// <summary>A moment of the counters.</summary>
    /// <param name="App">Seconds of the processor.</param>
    /// <param name="Database">Seconds of the processor.</param>
    private sealed record Reading(long At, double Steps, double Transactions, double App, double Database);

    /// <returns>0 where every replay was the same.</returns>
    public static async Task<int> RunAsync(string app, TimeSpan lasts, int replays)
    {
        Console.WriteLine(MachineSpeed.Measure());
        await using var provider = await Provider.StartAsync();
        await using var site = await Site.StartAsync(
            app,
            ("Jobs__AtOnce", (People * AtOnceEach).ToString(CultureInfo.InvariantCulture)),
            ("ModelHost__Enabled", "false")
        );
        List<Company> companies = [];
        for (var i = 0; i < People; i++)
        {
            companies.Add(await Company.ArriveAsync(site, $"person{i}"));
        }

        var measurement = new Measurement(site, companies, provider);
        var wrong = await measurement.ReplayAsync(replays);
        await measurement.PlayAsync(lasts);
        companies.ForEach(company => company.Person.Dispose());
        return wrong == 0 ? 0 : 1;
    }

    private async Task<int> ReplayAsync(int count)
    {
        List<(Company Company, Guid Id)> made = [];
        for (var i = 0; i < count; i++)
        {
            var company = companies[i % companies.Count];
            made.Add((company, await BeginAsync(company, Play.Short[i % Play.Short.Count], seed: i)));
        }

        while (await CountAsync("select count(*) as n from timelines where ended_at is null and wait is null") > 0)
        {
            await Task.Delay(200);
        }

        var (calls, same, entries) = (provider.Calls.Count, 0, 0);
        foreach (var (company, id) in made)
        {
            var episode = (await company.Person.GetAsync($"/api/episodes/{id}"))["episode"]!;
            var replay = await company.Person.PostAsync($"/api/episodes/{id}/replay");
            entries += replay["entries"]!.GetValue<int>();
            same += IsSame(episode, replay) ? 1 : 0;
        }

        Console.WriteLine(
            $"""

            | replays | |
            | --- | --- |
            | episodes with a seed, and their entries | {count}, {entries} |
            | came to their end, and to the same transcript again | {same} |
            | calls meanwhile | {provider.Calls.Count - calls} |
            """
        );
        return count - same + provider.Calls.Count - calls;
    }

    private static bool IsSame(JsonNode episode, JsonNode replay) =>
        (string?)episode["status"] == "COMPLETED"
        && (string?)episode["transcript_sha256"] == (string?)replay["transcript_sha256"]
        && replay["broken_at"] is null
        && replay["differences"]!.AsArray().Count == 0
        && (int)replay["calls"]! == 0;

    private async Task PlayAsync(TimeSpan lasts)
    {
        using var over = new CancellationTokenSource();
        var keeping = Task.WhenAll(companies.Select(company => KeepAsync(company, over.Token)));
        await Task.Delay(WarmUp);
        List<Reading> readings = [await ReadAsync()];
        for (var i = 0; i < Windows; i++)
        {
            await Task.Delay(lasts / Windows);
            readings.Add(await ReadAsync());
        }

        await over.CancelAsync();
        await keeping;
        var pairs = readings.Zip(readings.Skip(1)).ToList();
        Console.WriteLine(
            $"""

            `bench/episodes/run {lasts.TotalSeconds:0}`: load {File.ReadAllText("/proc/loadavg")[..14]}, {readings[^1].Steps
                - readings[0].Steps:n0} steps of {People * AtOnceEach} episodes at once

            | steps on a provider that answers at once, {Windows} times {lasts.TotalSeconds / Windows:0} s | median (range) |
            | --- | --- |
            | a second | {Spread(pairs, (a, b) => Steps(a, b) / TimeProvider.System.GetElapsedTime(a.At, b.At).TotalSeconds)} |
            | a second of the processor, app and database | {Spread(
                pairs,
                (a, b) => Steps(a, b) / (b.App - a.App + b.Database - a.Database)
            )} |
            | milliseconds of the app's processor a step | {Spread(pairs, (a, b) => (b.App - a.App) * 1000 / Steps(a, b))} |
            | milliseconds of the database's processor a step | {Spread(pairs, (a, b) => (b.Database - a.Database) * 1000 / Steps(a, b))} |
            | transactions a step | {Spread(pairs, (a, b) => (b.Transactions - a.Transactions) / Steps(a, b))} |
            """
        );
    }

    private static double Steps(Reading from, Reading to) => to.Steps - from.Steps;

    private static string Spread(IEnumerable<(Reading From, Reading To)> pairs, Func<Reading, Reading, double> figure)
    {
        var all = pairs.Select(pair => figure(pair.From, pair.To)).Order().ToList();
        return FormattableString.Invariant($"{all[all.Count / 2]:0.0} ({all[0]:0.0} to {all[^1]:0.0})");
    }

    /// <summary>One more is begun for each that ends; some wait meanwhile, so that none is waited for.</summary>
    private async Task KeepAsync(Company company, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var underWay = await CountAsync(
                $"select count(*) as n from timelines t join episodes e on e.id = t.episode_id where e.owner_id = '{company.Person.Id}' and t.ended_at is null"
            );
            for (; underWay < 2 * AtOnceEach; underWay++)
            {
                await BeginAsync(company, Play.Long, number);
            }

            await Task.Delay(1000, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Guid> BeginAsync(Company company, Play play, int seed)
    {
        var id = await company.MakeAsync(play, Interlocked.Increment(ref number), seed);
        return id is { } made && await company.StartAsync(made)
            ? made
            : throw new InvalidOperationException("An episode could not be begun.");
    }

    private async Task<Reading> ReadAsync()
    {
        var counted = await site.RowsAsync(
            """
            select (select count(*) from steps where done_seq is not null) as steps, xact_commit, pg_backend_pid() as backend
            from pg_stat_database where datname = current_database()
            """
        );
        var database = ProcessorTime.ParentOf(counted[0].GetProperty("backend").GetInt32());
        return new Reading(
            TimeProvider.System.GetTimestamp(),
            counted[0].GetProperty("steps").GetInt64(),
            counted[0].GetProperty("xact_commit").GetInt64(),
            ProcessorTime.SecondsOf(site.Node.Id),
            ProcessorTime.SecondsOf(database)
        );
    }

    private async Task<long> CountAsync(string sql) => (await site.RowsAsync(sql))[0].GetProperty("n").GetInt64();
}
