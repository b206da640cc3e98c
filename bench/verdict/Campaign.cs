using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Republic.Bench.Nodes;
using Republic.Bench.Results;
using Republic.Bench.Rows;
using Republic.Bench.Truth;
using Republic.Core.Minions.Profiles;

namespace Republic.Bench;

/// <summary>Makes the planned runs that no result stands of, on nodes that work beside each other.</summary>
/// <param name="app">republic.dll, as published.</param>
/// <param name="folder">For the nodes' data.</param>
internal sealed class Campaign(string app, string folder, string model, string questions, ResultsFile results)
{
    private const int FirstPort = 5961;
    private const int FewOfExam = 10;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private int done;

    /// <summary>Of each set, where a run is only to show that it is made and measured.</summary>
    private int MostOfExam { get; set; } = int.MaxValue;

    /// <summary>One run of few rows and steps.</summary>
    public Task QuickAsync()
    {
        MostOfExam = FewOfExam;
        return RunAsync([PlannedRun.Parse($"tiny/{PlannedRun.Quick}/1")], 1);
    }

    public async Task RunAsync(IReadOnlyList<PlannedRun> plan, int nodes)
    {
        var made = results.Read().Select(outcome => outcome.Key).ToHashSet(StringComparer.Ordinal);
        var waiting = new ConcurrentQueue<PlannedRun>(plan.Where(run => !made.Contains(run.Key)));
        Console.WriteLine($"{plan.Count} runs are planned, {waiting.Count} are still to be made.");
        var all = waiting.Count;
        await Task.WhenAll(Enumerable.Range(0, nodes).Select(node => Task.Run(() => WorkAsync(node, waiting, all))));
    }

    private async Task WorkAsync(int number, ConcurrentQueue<PlannedRun> waiting, int all)
    {
        var data = Path.Combine(folder, $"node-{number}");
        await using var node = new Node(app, FirstPort + number, data);
        await node.StartAsync();
        using var person = new Person(node.Address);
        await person.ArriveAsync();
        var truth = new Measurement(model, questions, MostOfExam);
        while (waiting.TryDequeue(out var run))
        {
            RunOutcome outcome;
            try
            {
                outcome = await MakeAsync(run, person, truth, data);
            }
            catch (InvalidOperationException e)
            {
                // It stays without a line, and the next campaign makes it again.
                Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss} {run.Key}: {e.Message}");
                continue;
            }

            results.Add(outcome);
            Console.WriteLine(
                $"{watch.Elapsed:hh\\:mm\\:ss} {Interlocked.Increment(ref done)}/{all} {outcome.Key}: {outcome.Verdict}, "
                    + $"truth {(outcome.IsBetter ? "better" : "not better")}, "
                    + $"fresh {outcome.Truth?.Fresh?.Before:0.00} → {outcome.Truth?.Fresh?.After:0.00}, exam {outcome.Truth?.ExamBefore} → {outcome.Truth?.ExamAfter}, kept {outcome.KeptShare:0.000}, "
                    + $"{outcome.RunSeconds:0} + {outcome.TruthSeconds:0} s"
            );
        }
    }

    private async Task<RunOutcome> MakeAsync(PlannedRun run, Person person, Measurement truth, string data)
    {
        await person.SignInAsync();
        var rows = run.Rows;
        var name = $"{run.Kind}-{run.Variant}-{run.Seed}-{Guid.CreateVersion7():N}";
        var minion = (await person.MinionAsync(name))["id"]!.GetValue<string>();
        var dataset = await person.DatasetAsync(name, rows);
        Truth.Version before = new(Prompt(null), null);
        if (run.Kind == DataKind.Again)
        {
            var config = new JsonObject { ["repeats"] = 1, ["promote"] = "always" };
            before = VersionOf(await person.RunAsync($"{name} first", minion, dataset, config), data) ?? before;
        }

        var started = watch.Elapsed;
        var job = await person.RunAsync(name, minion, dataset, run.Config);
        var trained = watch.Elapsed;
        var worth = VersionOf(job, data) is { } after ? truth.Of(before, after, rows, (int)run.Seed) : null;
        return Outcome(run, job, worth, (trained - started).TotalSeconds, (watch.Elapsed - trained).TotalSeconds);
    }

    private static RunOutcome Outcome(PlannedRun run, JsonNode job, TrueWorth? truth, double runSeconds, double truthSeconds)
    {
        var report = job["report"]!;
        var retention = report["retention"]?.DeepClone();
        (retention as JsonObject)?.Remove("lost");
        (retention as JsonObject)?.Remove("reworded");
        return new RunOutcome(
            run.Kind,
            run.Seed,
            run.Variant,
            report["verdict"]!.GetValue<string>(),
            report["promoted"]!.GetValue<bool>(),
            report["validation_loss_before"]?.GetValue<double>(),
            report["validation_loss_after"]?.GetValue<double>(),
            report["interval"]?["low"]?.GetValue<double>(),
            report["interval"]?["high"]?.GetValue<double>(),
            report["groups"]?.GetValue<int>(),
            retention,
            report["warnings"]?.DeepClone(),
            truth,
            runSeconds,
            truthSeconds,
            [.. job["steps"]!.AsArray().Select(step => Seconds(step!))]
        );
    }

    private static double Seconds(JsonNode step) =>
        step["started_at"] is { } started && step["completed_at"] is { } completed
            ? (completed.GetValue<DateTimeOffset>() - started.GetValue<DateTimeOffset>()).TotalSeconds
            : 0;

    /// <summary>What a run made; null where it made no weights.</summary>
    private static Truth.Version? VersionOf(JsonNode job, string data) =>
        job["report"]?["adapter"]?["id"]?.GetValue<string>() is { } adapter
            ? new Truth.Version(
                Prompt(
                    job["steps"]!
                        .AsArray()
                        .Select(step => step!["output"]?["enhanced_system_prompt"]?.GetValue<string>())
                        .LastOrDefault(text => text is not null)
                ),
                Path.Combine(data, "adapters", adapter + ".gguf")
            )
            : null;

    private static string Prompt(string? instructions) => Character.SystemPrompt(new Profile("Bosun", null, null, [], null), instructions);
}
