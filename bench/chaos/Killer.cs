using System.Diagnostics;
using System.Text.Json;
using Republic.Core;

namespace Republic.Bench;

/// <summary>Waits for a step that has been met least, and for a moment of it, and then lets something go wrong where it runs.</summary>
internal sealed class Killer(Plan plan, IReadOnlyList<Node> nodes, Witness witness)
{
    // Between two steps it is the next that is met.
    private const string Holders = """
        select j.id as job, j.epoch, split_part(j.node, '/', 2)::int as process, t.method,
          (select least(8, coalesce(min(s.index) filter (where s.status = 'Active'),
             count(*) filter (where s.status in ('Completed', 'Skipped')))) from training_steps s where s.training_job_id = t.id) as step
        from jobs j join training_jobs t on t.work_id = j.id
        where j.status = 'Running'
        """;

    /// <summary>How long the steps take, about: short ones are met at their edges, long ones anywhere.</summary>
    private static readonly int[] Spans = [1500, 150, 12, 3000, 300, 700, 2000, 12, 12];
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(1);

    /// <summary>A child that has not told of a step yet is mostly spared for so long: a run of which every child dies at once can do nothing.</summary>
    private static readonly TimeSpan Infancy = TimeSpan.FromSeconds(15);
    private readonly SeededRandom random = SeededRandom.For(plan.Seed, 1);
    private readonly List<Task> pauses = [];
    private readonly Dictionary<int, DateTimeOffset> stepOf = [];
    private TaskCompletionSource<(int Process, int Step)> stepped = new();
    private int[] wanted = [];

    public Tally Tally { get; } = new();

    /// <summary>A run whose node was killed or stopped while the other lived, and when.</summary>
    public List<(Guid Job, int Epoch, DateTimeOffset At, Node Other, string Kind)> Orphans { get; } = [];

    /// <summary>Nodes that ended by themselves, which none should.</summary>
    public int Died { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var listening = witness.ListenAsync(Heard, over.Token);
        while (!ct.IsCancellationRequested && Tally.Kills < plan.MostKills)
        {
            var (kind, share) = (Kind(), random.NextDouble());
            await Task.Delay(50 + random.Next(300), CancellationToken.None);
            // Children are there or not, whatever begins just now.
            var process = kind is Tally.Trainer or Tally.Host ? 0 : await MomentAsync(kind, share);
            await DoAsync(kind, process);
            await ReviveAsync();
        }

        await over.CancelAsync();
        await listening;
        await Task.WhenAll(pauses);
    }

    /// <summary>A node that ended by itself is a fault of its own; it is started again, and told of.</summary>
    private async Task ReviveAsync()
    {
        foreach (var node in nodes.Where(node => node.HasDied))
        {
            Died++;
            Console.Error.WriteLine($"{node.Address} ended by itself");
            await node.EndAsync();
            node.Start();
        }
    }

    private string Kind() =>
        random.Next(1000) switch
        {
            < 480 => Tally.Web,
            < 700 => Tally.Trainer,
            < 890 => Tally.Host,
            < 930 => Tally.Pause,
            < 955 => Tally.Restart,
            _ => Tally.Cut,
        };

    private void Heard(JsonElement told)
    {
        var process = int.Parse(told.GetProperty("node").GetString()!.Split('/')[1]);
        var step = told.GetProperty("step").GetInt32();
        if (told.GetProperty("what").GetString() == "loss")
        {
            lock (stepOf)
            {
                stepOf[process] = TimeProvider.System.GetUtcNow();
            }
        }
        else if (told.GetProperty("active").GetBoolean() && Array.IndexOf(Volatile.Read(ref wanted), step) >= 0)
        {
            stepped.TrySetResult((process, step));
        }
    }

    /// <returns>The process in which one of the steps has begun that this was done to least; 0 when none did for a while.</returns>
    private async Task<int> MomentAsync(string kind, double share)
    {
        stepped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref wanted, [.. Enumerable.Range(0, 9).OrderBy(step => Tally.Of(kind, step)).ThenBy(_ => random.Next(9)).Take(4)]);
        var came = await Task.WhenAny(stepped.Task, Task.Delay(StepPatience)) == stepped.Task;
        Volatile.Write(ref wanted, []);
        var (process, step) = came ? await stepped.Task : (0, 0);
        await Task.Delay(TimeSpan.FromMilliseconds(share * Spans[step]));
        return process;
    }

    private async Task DoAsync(string kind, int process)
    {
        var node = nodes.FirstOrDefault(node => node.ProcessId == process) ?? nodes[random.Next(nodes.Count)];
        switch (kind)
        {
            case Tally.Web when IsFree(node):
                await KillAsync(node);
                break;
            case Tally.Pause when IsFree(node):
                pauses.Add(await StopAsync(node, TimeSpan.FromSeconds(random.Next(4) == 0 ? 20 + random.Next(41) : 10 + random.Next(6))));
                // Mostly nothing else happens until its runs were picked up: two faults at once tell nothing about either.
                await Task.Delay(random.Next(4) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(6));
                break;
            case Tally.Web or Tally.Trainer:
                _ = await KillChildAsync(Tally.Trainer, "--train", 3) || await KillChildAsync(Tally.Trainer, "--measure", 6);
                break;
            case Tally.Host:
                await KillChildAsync(Tally.Host, "", null);
                break;
            case Tally.Restart:
                Tally.Add(kind, StepsOf(await witness.TryRowsAsync(Holders)));
                witness.Restart();
                break;
            case Tally.Cut:
                Tally.Add(kind, StepsOf(await witness.TryRowsAsync(Holders)));
                await CutAsync();
                break;
        }
    }

    /// <summary>One node at a time is away, mostly: with both away nobody could pick anything up, and one time in ten that is so.</summary>
    private bool IsFree(Node node) => node.IsThere && (nodes.All(other => other == node || other.IsSettled) || random.Next(10) == 0);

    /// <summary>The blow comes first: who asks before is late for the short steps.</summary>
    private async Task KillAsync(Node node)
    {
        var (process, at) = (node.ProcessId, TimeProvider.System.GetUtcNow());
        await node.EndAsync();
        Orphan(await witness.TryRowsAsync(Holders), process, node, at, Tally.Web);
        node.Start();
    }

    private async Task<Task> StopAsync(Node node, TimeSpan time)
    {
        var (process, at) = (node.ProcessId, TimeProvider.System.GetUtcNow());
        node.IsStopped = true;
        node.Downs.Add(at);
        Signals.Send(process, Signals.Stop);
        Orphan(await witness.TryRowsAsync(Holders), process, node, at, Tally.Pause);
        return ContinueAsync(node, process, time);
    }

    private static async Task ContinueAsync(Node node, int process, TimeSpan time)
    {
        await Task.Delay(time);
        if (node.ProcessId == process)
        {
            Signals.Send(process, Signals.Continue);
            node.IsStopped = false;
        }
    }

    private void Orphan(List<JsonElement>? holders, int process, Node node, DateTimeOffset at, string kind)
    {
        var theirs = (holders ?? []).FindAll(row => row.GetProperty("process").GetInt32() == process);
        Tally.Add(kind, StepsOf(theirs));
        var other = nodes.First(other => other != node);
        if (other.IsSettled)
        {
            Orphans.AddRange(
                theirs.Select(row => (row.GetProperty("job").GetGuid(), row.GetProperty("epoch").GetInt32(), at, other, kind))
            );
        }
    }

    private static IEnumerable<int> StepsOf(List<JsonElement>? holders) =>
        (holders ?? []).Select(row => row.GetProperty("step").GetInt32());

    /// <summary>One of them, on whichever node has one that is not spared.</summary>
    /// <param name="work">Null in the command line of the model host.</param>
    /// <param name="step">In which they work; null asks the database.</param>
    private async Task<bool> KillChildAsync(string kind, string work, int? step)
    {
        var first = random.Next(nodes.Count);
        foreach (var node in nodes.Select((_, i) => nodes[(first + i) % nodes.Count]).Where(node => node.IsThere))
        {
            var children = Signals.Children(
                node.ProcessId,
                line =>
                    work.Length > 0
                        ? line.Contains(work)
                        : line.Contains("model-host") && !line.Contains("--train") && !line.Contains("--measure")
            );
            if (children is not [var child, ..] || (work.Length > 0 && IsSpared(child, node)))
            {
                continue;
            }

            var holders = step is null ? await witness.TryRowsAsync(Holders) : null;
            if (Signals.Send(child, Signals.Kill))
            {
                Tally.Add(kind, step is { } known ? [known] : StepsOf(holders?.FindAll(row => IsLocal(row, node))));
                return true;
            }
        }

        return false;
    }

    private bool IsSpared(int child, Node node)
    {
        DateTimeOffset told;
        lock (stepOf)
        {
            told = stepOf.GetValueOrDefault(node.ProcessId);
        }

        try
        {
            using var process = Process.GetProcessById(child);
            var started = new DateTimeOffset(process.StartTime);
            return told < started && TimeProvider.System.GetUtcNow() - started < Infancy && random.Next(8) != 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
            return true;
        }
    }

    private static bool IsLocal(JsonElement row, Node node) =>
        row.GetProperty("method").GetString() == "Lora" && row.GetProperty("process").GetInt32() == node.ProcessId;

    private async Task CutAsync()
    {
        try
        {
            await witness.CutAsync();
        }
        catch (Npgsql.NpgsqlException)
        {
            // The database is away, and all connections with it.
        }
    }
}
