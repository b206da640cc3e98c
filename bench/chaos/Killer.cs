using System.Text.Json;
using Republic.Core;

namespace Republic.Bench;

/// <summary>Waits for a step that the seed has chosen, and for a moment of it, and then lets something go wrong where it runs.</summary>
internal sealed class Killer(Plan plan, IReadOnlyList<Node> nodes, Witness witness)
{
    private const string Holders = """
        select j.id as job, j.epoch, split_part(j.node, '/', 2)::int as process, s.index as step, t.method
        from jobs j join training_jobs t on t.work_id = j.id join training_steps s on s.training_job_id = t.id
        where j.status = 'Running' and s.status = 'Active'
        """;

    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(0.8);
    private readonly SeededRandom random = SeededRandom.For(plan.Seed, 1);
    private readonly List<Task> pauses = [];
    private TaskCompletionSource<int> stepped = new();
    private int wanted = -1;

    public Tally Tally { get; } = new();

    /// <summary>A run whose node was killed or stopped, and when.</summary>
    public List<(Guid Job, int Epoch, DateTimeOffset At, Node Other, string Kind)> Orphans { get; } = [];

    public async Task RunAsync(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var listening = witness.ListenAsync(Heard, over.Token);
        while (!ct.IsCancellationRequested && Tally.Kills < plan.MostKills)
        {
            var (step, kind, share) = (random.Next(9), Kind(), random.NextDouble());
            await Task.Delay(50 + random.Next(300), CancellationToken.None);
            var at = await MomentAsync(step, share);
            await DoAsync(kind, at);
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
            Console.Error.WriteLine($"{node.Address} ended by itself");
            await node.KillAsync();
        }
    }

    private string Kind() =>
        random.Next(1000) switch
        {
            < 450 => Tally.Web,
            < 700 => Tally.Trainer,
            < 940 => Tally.Host,
            < 952 => Tally.Pause,
            < 968 => Tally.Restart,
            _ => Tally.Cut,
        };

    private void Heard(JsonElement told)
    {
        if (told.GetProperty("step").GetInt32() == Volatile.Read(ref wanted) && told.GetProperty("active").GetBoolean())
        {
            stepped.TrySetResult(int.Parse(told.GetProperty("node").GetString()!.Split('/')[1]));
        }
    }

    /// <returns>The process in which the step has begun; 0 when none did for a while.</returns>
    private async Task<int> MomentAsync(int step, double share)
    {
        stepped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref wanted, step);
        var process = await Task.WhenAny(stepped.Task, Task.Delay(StepPatience)) == stepped.Task ? await stepped.Task : 0;
        Volatile.Write(ref wanted, -1);
        // Short steps are met at their edges, long ones anywhere.
        await Task.Delay(
            TimeSpan.FromMilliseconds(
                share
                    * (
                        step is 2 or 7 or 8 ? 12
                        : step == 3 ? 2000
                        : 600
                    )
            )
        );
        return process;
    }

    private async Task DoAsync(string kind, int process)
    {
        var holders = await witness.TryRowsAsync(Holders);
        var node = nodes.FirstOrDefault(node => node.ProcessId == process) ?? nodes[random.Next(nodes.Count)];
        switch (kind)
        {
            case Tally.Web when IsFree(node):
                Orphan(holders, node, kind);
                await node.KillAsync();
                break;
            case Tally.Web:
                goto case Tally.Trainer;
            case Tally.Pause when IsFree(node):
                Orphan(holders, node, kind);
                pauses.Add(PauseAsync(node, TimeSpan.FromSeconds(10 + random.Next(51))));
                break;
            case Tally.Trainer:
                if (
                    !KillChild(Tally.Trainer, line => line.Contains("--train"), holders, 3)
                    && !KillChild(Tally.Trainer, line => line.Contains("--measure"), holders, 6)
                )
                {
                    goto case Tally.Host;
                }

                break;
            case Tally.Host:
                KillChild(
                    Tally.Host,
                    line => line.Contains("model-host") && !line.Contains("--train") && !line.Contains("--measure"),
                    holders,
                    null
                );
                break;
            case Tally.Restart:
                Tally.Add(kind, StepsOf(holders, null));
                witness.Restart();
                break;
            case Tally.Cut:
                Tally.Add(kind, StepsOf(holders, null));
                await CutAsync();
                break;
        }
    }

    /// <summary>One node at a time is away, mostly: with both away nobody could pick anything up, and one time in ten that is so.</summary>
    private bool IsFree(Node node) =>
        !node.IsStopped
        && node.Listens
        && (nodes.All(other => other == node || (other.Listens && !other.IsStopped)) || random.Next(10) == 0);

    private void Orphan(List<JsonElement> holders, Node node, string kind)
    {
        var now = TimeProvider.System.GetUtcNow();
        var theirs = holders.FindAll(row => row.GetProperty("process").GetInt32() == node.ProcessId);
        Tally.Add(kind, theirs.Select(row => row.GetProperty("step").GetInt32()));
        Orphans.AddRange(
            theirs.Select(row =>
                (row.GetProperty("job").GetGuid(), row.GetProperty("epoch").GetInt32(), now, nodes.First(other => other != node), kind)
            )
        );
    }

    private static IEnumerable<int> StepsOf(List<JsonElement> holders, int? process) =>
        holders
            .Where(row => process is null || row.GetProperty("process").GetInt32() == process)
            .Select(row => row.GetProperty("step").GetInt32());

    /// <summary>One of them, on whichever node has one.</summary>
    private bool KillChild(string kind, Func<string, bool> isOne, List<JsonElement> holders, int? step)
    {
        foreach (var node in nodes.Where(node => !node.IsStopped && node.Listens))
        {
            if (Signals.Children(node.ProcessId, isOne) is [var child, ..] && Signals.Send(child, Signals.Kill))
            {
                Tally.Add(kind, step is { } known ? [known] : StepsOf([.. holders.Where(IsLocal)], node.ProcessId));
                return true;
            }
        }

        return false;
    }

    private static bool IsLocal(JsonElement row) => row.GetProperty("method").GetString() == "Lora";

    private static async Task PauseAsync(Node node, TimeSpan time)
    {
        var process = node.ProcessId;
        node.IsStopped = true;
        node.Downs.Add(TimeProvider.System.GetUtcNow());
        Signals.Send(process, Signals.Stop);
        await Task.Delay(time);
        if (node.ProcessId == process)
        {
            Signals.Send(process, Signals.Continue);
            node.IsStopped = false;
        }
    }

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
