using System.Globalization;
using System.Text.Json;
using Republic.Core;

namespace Republic.Bench;

/// <summary>Minions play episodes while the app is killed at random moments and started again. Each play was played in peace before.</summary>
internal sealed class Campaign(Site site, IReadOnlyList<Company> companies, Provider provider, long seed)
{
    private const int People = 4;
    private const int AtOnceEach = 2;

    /// <summary>Seeds that each scenario is played with.</summary>
    private const int Seeds = 4;

    private const string Standing = """
        select e.id, e.owner_id, t.started_at, t.wait from episodes e join timelines t on t.episode_id = e.id where t.ended_at is null
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly SeededRandom random = SeededRandom.For(seed, 1);
    private readonly List<DateTimeOffset> kills = [];
    private int number;
    private int resumed;
    private volatile bool isOver;

    private static int Plays => Play.Short.Count * Seeds;

    /// <returns>The number of violations.</returns>
    public static async Task<int> RunAsync(string app, int kills, TimeSpan lasts, long seed)
    {
        await using var provider = await Provider.StartAsync();
        await using var site = await Site.StartAsync(
            app,
            ("Jobs__AtOnce", (People * AtOnceEach).ToString(CultureInfo.InvariantCulture)),
            ("ModelHost__Enabled", "false"),
            // A job that is killed again and again before it comes to anything is held, which is not what is looked at.
            ("Jobs__Attempts", "1000")
        );
        List<Company> companies = [];
        for (var i = 0; i < People; i++)
        {
            companies.Add(await Company.ArriveAsync(site, $"person{i}"));
        }

        var violations = await new Campaign(site, companies, provider, seed).RunAsync(kills, lasts);
        companies.ForEach(company => company.Person.Dispose());
        return violations;
    }

    private async Task<int> RunAsync(int most, TimeSpan lasts)
    {
        for (var play = 0; play < Plays; play++)
        {
            await BeginAsync(companies[play % companies.Count]);
        }

        await EndAsync();
        provider.Slowest = 200;
        var (begin, began) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetUtcNow());
        var working = WorkAsync();
        while (kills.Count < most && TimeProvider.System.GetElapsedTime(begin) < lasts && !working.IsCompleted)
        {
            await Task.Delay(100 + random.Next(2400));
            kills.Add(TimeProvider.System.GetUtcNow());
            await site.Node.KillAsync();
            await site.Node.StartAsync();
        }

        isOver = true;
        await working;
        var verdict = await Verdict.ReadAsync(site, companies, provider, Plays, kills);
        Console.WriteLine(
            $"""
            `bench/episodes/kill {most} {lasts.TotalSeconds:0} {seed}`: {TimeProvider.System.GetElapsedTime(
                begin
            ).TotalSeconds:0} s, load {File.ReadAllText("/proc/loadavg")[..14]}

            | what | |
            | --- | --- |
            | the app was killed (-9) and started again | {kills.Count} times |
            | episodes in peace, with their steps | {verdict.Peaceful.Episodes}, {verdict.Peaceful.Steps} |
            | episodes meanwhile, with their steps | {verdict.Killed.Episodes}, {verdict.Killed.Steps} |
            | kills of an episode that was under way | {verdict.KillsUnderWay} |
            | calls, and those that were made again | {verdict.Killed.Calls}, {verdict.Repeated} |
            | the most calls that one episode made again, and its kills | {verdict.MostRepeated.Calls}, {verdict.MostRepeated.Kills} |
            | episodes that came to another end or transcript | {verdict.Otherwise} |
            | entries whose hash is not what their data say, or that would be decided otherwise | {verdict.Broken} |
            | steps that stand twice | {verdict.Doubled} |
            | times that somebody had to resume one | {resumed} |
            | violations | {verdict.Violations.Count} |
            """
        );
        foreach (var violation in verdict.Violations.Take(40))
        {
            Console.WriteLine($"- {violation}");
        }

        return verdict.Violations.Count;
    }

    /// <summary>Keeps episodes going until the killing is over, and then has those end that there are.</summary>
    private async Task WorkAsync()
    {
        while (!isOver)
        {
            var standing = await GoOnAsync();
            foreach (var company in companies)
            {
                var underWay = standing.Count(one => one.GetProperty("owner_id").GetGuid() == company.Person.Id);
                if (underWay <= AtOnceEach)
                {
                    await BeginAsync(company);
                }
            }

            await Task.Delay(100);
        }

        await EndAsync();
    }

    private async Task EndAsync()
    {
        var begun = TimeProvider.System.GetTimestamp();
        while ((await GoOnAsync()).Count > 0 && TimeProvider.System.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(200);
        }
    }

    /// <summary>Starts and resumes what does not go on by itself: an answer of the app may have been lost.</summary>
    private async Task<List<JsonElement>> GoOnAsync()
    {
        var standing = await site.RowsAsync(Standing);
        foreach (var one in standing.Where(one => one.GetProperty("wait").ValueKind != JsonValueKind.Null))
        {
            var company = companies.First(company => company.Person.Id == one.GetProperty("owner_id").GetGuid());
            var id = one.GetProperty("id").GetGuid();
            if (one.GetProperty("started_at").ValueKind == JsonValueKind.Null)
            {
                await company.StartAsync(id);
            }
            else if (await company.Person.TryPostAsync($"/api/episodes/{id}/resume") is not null)
            {
                resumed++;
            }
        }

        return standing;
    }

    /// <summary>The next of the plays, each after the other.</summary>
    private async Task BeginAsync(Company company)
    {
        var play = number % Plays;
        if (await company.MakeAsync(Play.Short[play % Play.Short.Count], number++, seed: play) is { } id)
        {
            await company.StartAsync(id);
        }
    }
}
