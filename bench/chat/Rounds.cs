using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Search.Words;

namespace Republic.Bench;

/// <summary>Rounds in which the kinds of requests take turns, one request after the other; the figures are those of all rounds.</summary>
internal sealed class Rounds(Site site, Person person, Size size)
{
    private const int Goal = 50;
    private const int Minions = 4;
    private const string WordIndex = "ix_message_words_words";
    private const string Unread = """
        update participants p set unread_since = c.updated_at
        from (select id, updated_at from conversations where owner_id = $1 order by updated_at desc limit $2) c
        where c.id = p.conversation_id and p.citizen_id = $1
        """;
    private const string Read = "update participants set unread_since = null where citizen_id = $1 and unread_since is not null";

    private static string Load => File.ReadAllText("/proc/loadavg")[..14];

    public static async Task RunAsync(string app, Size size)
    {
        await using var site = await Site.StartAsync(app, ("Accounts__AccessTokenLife", "12:00:00"));
        using var person = new Person("mira", site.Node.Address);
        using var other = new Person("jonas", site.Node.Address);
        await person.ArriveAsync();
        await other.ArriveAsync();
        var minions = await MinionsAsync(person);
        var scripts = Vocabulary.OfAllScripts();
        var (planted, theirs) = await PlantAsync(site, scripts, size, (person.Id, minions), (other.Id, await MinionsAsync(other)));
        var searches = new Searches(person, planted, scripts);
        await searches.CheckOwnerAsync(new Searches(other, theirs, scripts), theirs);
        var pages = new Pages(person, planted, scripts[0], size);
        IReadOnlyList<Kind> read = [.. await searches.KindsAsync(), .. pages.Kinds];
        var unread = pages.KindsOfUnread;
        await new Rounds(site, person, size).MeasureAsync(read, unread);
        var indexing = new Indexing(site, person, minions[0]);
        var rate = await indexing.RateAsync(size.Reindexed);
        Print([.. read, .. unread], await indexing.FreshnessAsync(size.FewRequests));
        Console.WriteLine(FormattableString.Invariant($"\nThe app indexed {size.Reindexed:n0} messages, {rate:n0} a second."));
        Console.WriteLine($"Load {Load}");
    }

    private static async Task<List<Guid>> MinionsAsync(Person person)
    {
        List<Guid> minions = [];
        for (var i = 0; i < Minions; i++)
        {
            var made = await person.PostAsync(
                "/api/minions",
                new JsonObject
                {
                    ["name"] = $"clerk-{i}",
                    ["display_name"] = $"Clerk {i}",
                    ["provider"] = "local",
                    ["model_id"] = "sprout",
                }
            );
            minions.Add(made["minion_id"]!.GetValue<Guid>());
        }

        return minions;
    }

    private static async Task<(Planted Person, Planted Other)> PlantAsync(
        Site site,
        IReadOnlyList<Vocabulary> scripts,
        Size size,
        (Guid Id, List<Guid> Minions) person,
        (Guid Id, List<Guid> Minions) other
    )
    {
        await using var database = NpgsqlDataSource.Create(site.ConnectionString);
        await using var services = new ServiceCollection()
            .AddRepublicData(new DataFolder(Path.GetTempPath()), site.ConnectionString)
            .BuildServiceProvider();
        var letters = new LetterFolding(services.GetRequiredService<IDbContextFactory<RepublicDb>>());
        var begin = TimeProvider.System.GetTimestamp();
        var index = (await site.RowsAsync($"select indexdef from pg_indexes where indexname = '{WordIndex}'"))[0].GetProperty("indexdef");
        await site.ExecuteAsync($"drop index {WordIndex}");
        var planted = await new Planting(database, letters, scripts, size, "quex").RunAsync(person.Id, person.Minions);
        var theirs = await new Planting(database, letters, scripts, size.OfOther(), "quez").RunAsync(other.Id, other.Minions);
        // It is made when all rows are there, as the manual of PostgreSQL advises.
        await LongAsync(database, $"set maintenance_work_mem = '512MB'; {index.GetString()}");
        await LongAsync(database, "vacuum analyze");
        Console.Error.WriteLine($"Planted within {TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} s, load {Load}");
        return (planted, theirs);
    }

    private static async Task LongAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 3600;
        await command.ExecuteNonQueryAsync();
    }

    private static void Print(IReadOnlyList<Kind> kinds, Spread fresh)
    {
        Console.WriteLine("| milliseconds | p50 | p99 | most | of |\n| --- | --- | --- | --- | --- |");
        foreach (var kind in kinds)
        {
            Console.WriteLine($"| {kind.Name} | {new Spread(kind.Took)} |");
        }

        Console.WriteLine($"| from the end of an answer until it is found | {fresh} |");
        var slow = kinds.Count(kind => kind.IsSearch && new Spread(kind.Took).P99 > Goal);
        Console.WriteLine($"\nSearches within {Goal} ms (p99): {(slow == 0 ? "all" : $"all but {slow}")}");
    }

    private async Task MeasureAsync(IReadOnlyList<Kind> read, IReadOnlyList<Kind> unread)
    {
        for (var round = 0; round < size.Rounds; round++)
        {
            await AskAsync(read, round);
            await site.ExecuteAsync(Unread, person.Id, size.Unread);
            await AskAsync(unread, round);
            await site.ExecuteAsync(Read, person.Id);
            Console.Error.WriteLine($"Round {round + 1}, load {Load}");
        }
    }

    /// <summary>The first ones of each kind do not count.</summary>
    private async Task AskAsync(IReadOnlyList<Kind> kinds, int round)
    {
        foreach (var kind in kinds)
        {
            var requests = kind.IsLong ? size.FewRequests : size.Requests;
            var warmUp = Math.Max(1, requests / 10);
            for (var i = 0; i < warmUp + requests; i++)
            {
                await kind.AskAsync((round * (warmUp + requests)) + i, counts: i >= warmUp);
            }
        }
    }
}
