namespace Republic.Bench;

/// <summary>Streams at the pace of a model that speaks, many at once.</summary>
internal sealed class Paced(Town town, Options options)
{
    /// <summary>512 at once: 25,600 words a second.</summary>
    public const string Busy = "words-64-20";

    /// <summary>2,000 at once, at a pace that leaves the machine room: 13,000 words a second.</summary>
    public const string Calm = "words-64-150";

    public async Task RunAsync()
    {
        if (options.Measures("paced"))
        {
            await RunAsync(512, 64, 20, turns: 2, town.Gateways, options.Rounds);
        }

        if (options.Measures("crowd"))
        {
            var without = town.Gateways.Where(gateway => gateway.Name != "Portkey").ToList();
            await RunAsync(2000, 64, 150, turns: 1, without, Math.Min(3, options.Rounds));
        }
    }

    private static async Task RunAsync(int streams, int words, int pace, int turns, IReadOnlyList<Gateway> gateways, int count)
    {
        var rounds = new List<Crowd.Figures[]>();
        for (var round = 0; round < count; round++)
        {
            var figures = Turns.Taken(
                gateways,
                round,
                gateway => new Crowd(gateway, words, pace).RunAsync(streams, turns).GetAwaiter().GetResult()
            );
            rounds.Add(figures);
            await Task.Yield();
        }

        Report.Crowd(gateways, rounds, streams, words, pace);
    }
}
