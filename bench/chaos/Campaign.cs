using System.Text.Json;

namespace Republic.Bench;

/// <summary>Runs in peace, then the same runs while things go wrong, then the verdict.</summary>
internal sealed class Campaign(Plan plan, DirectoryInfo folder, Witness witness, FakeProvider provider, IReadOnlyList<Node> nodes)
    : IAsyncDisposable
{
    private const string Active = """
        select t.method = 'Lora' as lora from jobs j join training_jobs t on t.work_id = j.id where j.status in ('Queued', 'Running')
        """;
    private const string GivenUp = """
        select t.id as run, t.owner_id as owner, j.error from jobs j join training_jobs t on t.work_id = j.id where j.status in ('Failed', 'Paused')
        """;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(6);
    private readonly List<Person> people = [];
    private readonly List<string> reasons = [];
    private readonly MachineLoad load = new();
    private readonly List<(bool Lora, Task Made)> begun = [];
    private int next;

    private IEnumerable<(bool Lora, int Variant)> Variants =>
        Enumerable.Range(0, plan.Persona).Select(i => (false, i)).Concat(Enumerable.Range(0, plan.Lora).Select(i => (true, i)));

    public static async Task<Campaign> PrepareAsync(Plan plan)
    {
        var folder = Directory.CreateTempSubdirectory("republic-chaos-");
        Console.Error.WriteLine($"In {folder.FullName}");
        var witness = await Witness.StartAsync(Path.Combine(folder.FullName, "db"));
        var data = Directory.CreateDirectory(Path.Combine(folder.FullName, "data")).FullName;
        var nodes = Enumerable.Range(0, 2).Select(i => new Node(plan.App, Plan.FirstNodePort + i, data, witness.ConnectionString)).ToList();
        var campaign = new Campaign(plan, folder, witness, await FakeProvider.StartAsync(plan.Seed), nodes);
        try
        {
            foreach (var node in nodes)
            {
                node.Start();
                await node.UntilItListensAsync();
            }

            await witness.WatchAsync();
            return campaign;
        }
        catch
        {
            await campaign.DisposeAsync();
            throw;
        }
    }

    /// <returns>How many violations there were.</returns>
    public async Task<int> RunAsync()
    {
        for (var i = 0; i < Plan.People; i++)
        {
            people.Add(new Person($"person{i}", nodes));
            await people[i].ArriveAsync();
        }

        var calm = await CalmAsync();
        Console.Error.WriteLine($"{Variants.Count()} kinds of runs are made in peace, each {plan.Calm} times. The killing begins.");
        var killer = new Killer(plan, nodes, witness);
        var started = TimeProvider.System.GetTimestamp();
        using var over = new CancellationTokenSource(plan.Lasts);
        var killing = killer.RunAsync(over.Token);
        while (!killing.IsCompleted)
        {
            await KeepGoingAsync();
            await GoOnAsync();
            load.Look();
        }

        await killing;
        await Task.WhenAll(begun.Select(begin => begin.Made));
        var lasted = TimeProvider.System.GetElapsedTime(started);
        await EndAsync(goOn: true);
        var verdict = new Verdict(witness, provider, calm);
        await verdict.JudgeAsync(reasons);
        await PrintAsync(killer, verdict, lasted);
        return verdict.Violations.Count;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        people.ForEach(person => person.Dispose());
        await provider.DisposeAsync();
        await witness.DisposeAsync();
        if (Environment.GetEnvironmentVariable("CHAOS_KEEP") is null)
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The outcome that an undisturbed run of each kind has, which a disturbed one has to match.</summary>
    private async Task<IReadOnlyDictionary<string, string>> CalmAsync()
    {
        foreach (var (lora, variant) in Enumerable.Repeat(Variants, plan.Calm).SelectMany(all => all))
        {
            await people[next++ % people.Count].BeginAsync(lora, variant);
        }

        await EndAsync(goOn: false);
        if ((await witness.RowsAsync(Active)).Count is > 0 and var left)
        {
            throw new InvalidOperationException(
                $"In peace, {left} runs were still at work after {ShutdownTimeout.TotalMinutes:0} minutes."
            );
        }

        var runs = await witness.RowsAsync(FinalState.Query);
        var calm = new Dictionary<string, string>();
        foreach (var run in runs)
        {
            var (name, state) = (run.GetProperty("name").GetString()!, FinalState.Of(run));
            if (run.GetProperty("status").GetString() != "Completed")
            {
                throw new InvalidOperationException($"In peace, {name} ended {run.GetProperty("status")}.");
            }

            if (calm.TryGetValue(name, out var other) && other != state)
            {
                throw new InvalidOperationException($"In peace, {name} ended in two ways: {FinalState.Difference(other, state)}");
            }

            calm[name] = state;
        }

        return calm;
    }

    private async Task KeepGoingAsync()
    {
        if (await witness.TryRowsAsync(Active) is not { } active)
        {
            // The database is away: how many there are is not known.
            await Task.Delay(300);
            return;
        }

        for (var i = active.Count; i < plan.AtOnce && witness.Downs.LastOrDefault() < TimeProvider.System.GetUtcNow().AddSeconds(-1); i++)
        {
            var weights =
                active.Count(run => run.GetProperty("lora").GetBoolean()) + begun.Count(begin => begin.Lora && !begin.Made.IsCompleted);
            var free = Variants.Where(one => !one.Lora || weights < Plan.WeightsAtOnce).ToList();
            var (lora, variant) = free[next % free.Count];
            begun.RemoveAll(begin => begin.Made.IsCompletedSuccessfully);
            if (begun.Count < plan.AtOnce)
            {
                begun.Add((lora, people[next++ % people.Count].BeginAsync(lora, variant)));
                await Task.WhenAny(begun[^1].Made, Task.Delay(2000));
            }
        }

        await Task.Delay(300);
    }

    /// <summary>What waits for its person, they start again. One that is held does not: it goes on by itself.</summary>
    private async Task GoOnAsync()
    {
        foreach (var row in await witness.TryRowsAsync(GivenUp) ?? [])
        {
            reasons.Add(row.GetProperty("error").GetString() ?? "");
            await people.First(person => person.Id == row.GetProperty("owner").GetGuid()).AgainAsync(row.GetProperty("run").GetGuid());
        }
    }

    private async Task EndAsync(bool goOn)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (
            ((await witness.RowsAsync(Active)).Count > 0 || (goOn && (await witness.RowsAsync(GivenUp)).Count > 0))
            && TimeProvider.System.GetElapsedTime(started) < ShutdownTimeout
        )
        {
            await (goOn ? GoOnAsync() : Task.CompletedTask);
            await Task.Delay(200);
        }
    }

    private async Task PrintAsync(Killer killer, Verdict verdict, TimeSpan lasted)
    {
        Console.WriteLine($"## {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {load}\n");
        Console.WriteLine($"Seed {plan.Seed}, {lasted.TotalSeconds:0} s, {killer.Tally.Kills} kills.\n");
        killer.Tally.Print();
        var picked = await PickUps.ReadAsync(witness, killer.Orphans);
        Console.WriteLine(
            $"""

            | what | |
            | --- | --- |
            | runs that were started, and ended as in peace | {verdict.Runs}, {verdict.Ended} |
            | starts of them, with those that found the weights of the node taken, or were held | {verdict.Starts} |
            | calls at the provider; each has its row | {verdict.Calls} |
            | calls that died on the way, rows without an answer | {verdict.Unanswered} |
            | writes held against the holder of that moment | {verdict.Writes} |
            | holds of runs whose process died five times before they got any further; they went on by themselves | {verdict.Holds} |
            | runs that waited for a person, who started them again | {reasons.Count} |
            | nodes that ended by themselves | {killer.Died} |
            | starts that were overtaken, and whose writes were refused | {Node.Overtaken} |
            | picked up after kill -9, the other node living throughout | {picked.Of(Tally.Web)} |
            | picked up after SIGSTOP, the other node living throughout | {picked.Of(Tally.Pause)} |
            | steps of training done again after a death, with a checkpoint every {Plan.CheckpointEvery.TotalSeconds:0} s | {verdict.DoneAgain} |
            | violations | {verdict.Violations.Count} |
            """
        );
        foreach (var reason in reasons.CountBy(reason => reason))
        {
            Console.WriteLine($"- Waited for a person {reason.Value} times: {reason.Key}");
        }

        foreach (var violation in verdict.Violations.Take(40))
        {
            Console.WriteLine($"- {violation}");
        }
    }
}
