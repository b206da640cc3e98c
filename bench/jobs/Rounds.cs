namespace Republic.Bench;

/// <summary>Rounds in which the app and the bare server take turns, each in a new process; medians of the rounds, and ratios pair by pair.</summary>
internal sealed class Rounds(Size size)
{
    private const int BarePort = 5243;

    private readonly List<(Spread Paced, Spread Rush, double PerSecond, Spread First, Spread Step, Spread Lag)> made = [];
    private readonly List<Crowd.Figures> ours = [];
    private readonly List<Crowd.Figures> bare = [];

    public static async Task RunAsync(string app, int rounds, Size size)
    {
        var folder = Directory.CreateTempSubdirectory("republic-jobs-");
        var all = new Rounds(size);
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                var own = folder.CreateSubdirectory($"{round}").FullName;
                await all.OursAsync(app, own);
                await all.BareAsync(own);
                Console.Error.WriteLine($"Round {round}, load {File.ReadAllText("/proc/loadavg")[..14]}");
            }

            all.Print();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task OursAsync(string app, string folder)
    {
        await using var site = await Site.StartAsync(app, folder, size.People);
        // What is compiled and connected at the first call is not what is measured.
        await Task.WhenAll(site.People.Select(person => person.MakeAsync()));
        var paced = await Creation.PacedAsync(site.People, size.RunsEach);
        var (rush, perSecond) = await Creation.RushAsync(site.People, size.Rush);
        var first = await Creation.FirstEventAsync(site.People);
        var step = await Creation.FirstStepAsync(site.People);
        var person = site.People[0];
        var lag = await WatchAsync(site, person, await person.MakeAsync(), 1);
        made.Add((paced, rush, perSecond, first, step, lag.Lag));
        ours.Add(await WatchAsync(site, person, await person.MakeAsync(), size.Viewers));
    }

    private Task<Crowd.Figures> WatchAsync(Site site, Person person, Guid run, int viewers) =>
        new Crowd(site.Server, person.EventsOf(run), person.Token, size.Events).GatherAsync(
            viewers,
            text => site.TellAsync(person, run, text)
        );

    private async Task BareAsync(string folder)
    {
        var self = Path.Combine(AppContext.BaseDirectory, "Republic.Bench.dll");
        await using var server = await Server.StartAsync(BarePort, [self, "bare", $"{BarePort}"], [], Path.Combine(folder, "bare.log"));
        using var http = new HttpClient { BaseAddress = server.Address };
        async Task TellAsync(string text) =>
            (
                await http.PostAsync(
                    "/tell",
                    new StringContent(
                        $$"""
                        id: 1
                        event: log
                        data: {"step":"enhance_model","text":"{{text}}"}


                        """
                    )
                )
            ).EnsureSuccessStatusCode();
        await new Crowd(server, "/events", null, size.Events).GatherAsync(1, TellAsync);
        bare.Add(await new Crowd(server, "/events", null, size.Events).GatherAsync(size.Viewers, TellAsync));
    }

    private void Print()
    {
        Console.WriteLine("| milliseconds, medians of the rounds | p50 | p99 | most | of |\n| --- | --- | --- | --- | --- |");
        Row($"a run is made, {size.People} people one a second each", made.Select(m => m.Paced));
        Row($"a run is made, {size.People} people without a pause", made.Select(m => m.Rush));
        Row("from asking for a run's stream to its first event", made.Select(m => m.First));
        Row("from start to the first step at work", made.Select(m => m.Step));
        Row("from an event's writing to its one viewer", made.Select(m => m.Lag));
        Console.WriteLine(
            FormattableString.Invariant($"\nRuns made a second without a pause: {Median(made.Select(m => m.PerSecond)):0}\n")
        );
        Console.WriteLine($"| {size.Viewers:n0} viewers of one run | republic | bare Kestrel | ratio, pairs |\n| --- | --- | --- | --- |");
        Pair("all have come, s", f => f.CameSeconds);
        Pair("its first event, p99, ms", f => f.First.P99);
        Pair("memory of the server each, KB", f => f.BytesEach / 1024);
        Pair("an event, p50, ms", f => f.Lag.P50);
        Pair("an event, p99, ms", f => f.Lag.P99);
        Pair("until all have it, ms", f => f.LastMs);
        Pair("CPU of the server a viewer and event, µs", f => f.CpuMicroseconds);
        Pair("all connections are gone, s", f => f.LeftSeconds);
        Console.WriteLine($"\nEvents that did not come: {ours.Sum(f => f.Missed)}, bare {bare.Sum(f => f.Missed)}");
    }

    private static void Row(string what, IEnumerable<Spread> rounds)
    {
        var all = rounds.ToList();
        double Of(Func<Spread, double> figure) => Median(all.Select(figure));
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {what} | {Of(s => s.P50):0.0} | {Of(s => s.P99):0.0} | {Of(s => s.Most):0.0} | {Of(s => s.Count):n0} |"
            )
        );
    }

    private void Pair(string what, Func<Crowd.Figures, double> figure)
    {
        var ratios = ours.Zip(bare, (one, other) => figure(one) / figure(other)).ToList();
        Console.WriteLine(
            FormattableString.Invariant(
                $"| {what} | {Median(ours.Select(figure)):0.0} | {Median(bare.Select(figure)):0.0} | {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) |"
            )
        );
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
