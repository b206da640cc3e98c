namespace Republic.Bench;

/// <summary>
/// Rounds in which all gateways take turns, the first to go another one each time. What counts is the median over the rounds of figures
/// that were taken within one round, beside each other.
/// </summary>
internal sealed class Campaign(Town town, Options options)
{
    private const string Words = "words-16-0";
    private const int Frames = 17;

    public static async Task RunAsync(string app, Options options)
    {
        string[] models = [Words, Site.Away, .. Paced.Models(options)];
        await using var town = await Town.StartAsync(app, options, models);
        var campaign = new Campaign(town, options);
        campaign.WarmUp();
        Report.Machine(options);
        foreach (
            var (part, stream, clients) in new[] { ("json", false, 1), ("json", false, 16), ("stream", true, 1), ("stream", true, 16) }
        )
        {
            if (options.Measures(part))
            {
                campaign.Race(stream, clients);
            }
        }

        if (options.Measures("fallback"))
        {
            campaign.Switch();
        }

        await new Paced(town, options).RunAsync();
        if (options.Million)
        {
            campaign.Endure();
        }
    }

    private void WarmUp()
    {
        foreach (var gateway in town.Gateways)
        {
            new Load(gateway, Words, stream: false, Frames).Run(4, options.WarmUpSeconds / 2);
            new Load(gateway, Words, stream: true, Frames).Run(4, options.WarmUpSeconds / 2);
        }
    }

    private void Race(bool stream, int clients)
    {
        var rounds = new List<Load.Figures[]>();
        for (var round = 0; round < options.Rounds; round++)
        {
            rounds.Add(
                Turns.Taken(town.Gateways, round, gateway => new Load(gateway, Words, stream, Frames).Run(clients, options.Seconds))
            );
        }

        Report.Race(town.Gateways, rounds, stream, clients);
    }

    /// <summary>The same answer with and without a refusal before it.</summary>
    private void Switch()
    {
        var rounds = new List<(Load.Figures Plain, Load.Figures Switched)>();
        for (var round = 0; round < options.Rounds; round++)
        {
            var plain = new Load(town.Republic, Words, stream: false, Frames).Run(1, options.Seconds / 2);
            rounds.Add((plain, Switched(1, options.Seconds / 2, int.MaxValue)));
        }

        Report.Switch(rounds, Switched(16, 60, 1000));

        Load.Figures Switched(int clients, double seconds, int most) =>
            new Load(town.Republic, Site.Away, stream: false, Frames, "x-republic-hops: 2").Run(clients, seconds, most);
    }

    private void Endure()
    {
        var memory = new List<(int Requests, double Memory)> { (0, town.Republic.Server.Memory) };
        var failed = 0;
        for (var step = 1; step <= 10; step++)
        {
            failed += new Load(town.Republic, Words, step % 2 == 0, Frames).Run(16, 600, 100_000).Troubles.Values.Sum();
            memory.Add((step * 100_000, town.Republic.Server.Memory));
        }

        Report.Memory(memory, failed);
    }
}
