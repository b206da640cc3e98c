namespace Republic.Bench;

/// <summary>Streams at the pace of a model that speaks, many at once.</summary>
internal sealed class Paced(Town town, Options options)
{
    /// <summary>With 512 at once: 25,600 words a second.</summary>
    private const int BusyPace = 20;

    /// <summary>With 2,000 at once it leaves the machine room: 13,000 words a second.</summary>
    private const int CalmPace = 150;

    public static IEnumerable<string> Models(Options options) => [Model(options.PacedWords, BusyPace), Model(options.PacedWords, CalmPace)];

    /// <summary>As the provider reads it.</summary>
    public static string Model(int words, int pace) => $"words-{words}-{pace}";

    public async Task RunAsync()
    {
        if (options.Measures("paced"))
        {
            await RunAsync(512, BusyPace, turns: 2, town.Gateways, options.Rounds);
        }

        if (options.Measures("crowd"))
        {
            var without = town.Gateways.Where(gateway => gateway.Name != "Portkey").ToList();
            await RunAsync(2000, CalmPace, turns: 1, without, Math.Min(3, options.Rounds));
        }
    }

    private async Task RunAsync(int most, int pace, int turns, IReadOnlyList<Gateway> gateways, int count)
    {
        var (streams, words) = (most / options.FewerStreams, options.PacedWords);
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
