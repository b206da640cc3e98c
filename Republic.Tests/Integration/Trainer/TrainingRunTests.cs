using System.Diagnostics;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Trainer;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Trainer;

/// <summary>Training runs as child processes: held, ended and killed, and what is left of them.</summary>
public sealed class TrainingRunTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>, IDisposable
{
    private readonly LocalModels models = shared.Models;
    private readonly TinyRuns runs = new();
    private readonly Heard heard = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task A_child_killed_at_random_steps_goes_on_and_makes_the_adapter_of_a_run_that_was_not()
    {
        var expected = TinyRuns.Undisturbed;
        var order = runs.Slow("killed");
        var run = models.Training.Start(order, heard);
        var random = new SeededRandom((ulong)Environment.TickCount64);
        var kills = 0;
        for (var process = 0; kills < 4 && !run.Ended.IsCompleted; )
        {
            var from = heard.Of<StepCompleted>().Count;
            var steps = random.Next(15) + 1;
            await Until.TrueAsync(() =>
                run.Ended.IsCompleted || (run.ProcessId != process && heard.Of<StepCompleted>().Count >= from + steps)
            );
            if (run.ProcessId is { } next && TryKill(next))
            {
                (process, kills) = (next, kills + 1);
            }
        }

        Assert.Equal((TrainingRunState.Done, null), (await run.Ended, run.Problem));
        Assert.Equal(expected, await File.ReadAllBytesAsync(order.Run.AdapterPath, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(order.Run.CheckpointPath));
        Assert.True(kills > 0, "It was through before it could be killed once.");
        Assert.Contains(
            heard.Of<TrainingNote>(),
            note => note.Text.StartsWith("The training process was killed", StringComparison.Ordinal)
        );
        Assert.Contains(heard.Of<TrainingNote>(), note => note.Text.StartsWith("Goes on after step", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_goes_on_from_an_adapter_and_is_killed_begins_with_it_and_ends_as_if_it_had_not_been()
    {
        var first = Path.Combine(Path.GetDirectoryName(runs.Base)!, "first.gguf");
        await File.WriteAllBytesAsync(first, TinyRuns.Undisturbed, TestContext.Current.CancellationToken);
        var expected = TinyRuns.Trained(runs.Order("undisturbed", initial: first));
        var order = runs.Slow("killed", first);

        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => run.Ended.IsCompleted || heard.Step >= 3);
        var killed = run.ProcessId is { } process && TryKill(process);

        Assert.Equal((TrainingRunState.Done, null), (await run.Ended, run.Problem));
        Assert.True(killed, "It was through before it could be killed.");
        Assert.Equal(expected, await File.ReadAllBytesAsync(order.Run.AdapterPath, TestContext.Current.CancellationToken));
        Assert.Contains(
            heard.Of<TrainingNote>(),
            note => note.Text.StartsWith("Before training, with the weights that the run begins with,", StringComparison.Ordinal)
        );
    }

    private static bool TryKill(int process)
    {
        try
        {
            Process.GetProcessById(process).Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Paused_it_has_no_process_and_resumed_it_ends_as_if_it_had_not_been()
    {
        var expected = TinyRuns.Undisturbed;
        var order = runs.Slow("paused");
        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => heard.Step >= 5);

        await run.PauseAsync();
        var pausedAt = heard.Step;
        Assert.Equal((TrainingRunState.Paused, null, null), (run.State, run.ProcessId, run.Problem));
        run.Resume();
        await Until.TrueAsync(() => heard.Step > pausedAt);
        await run.StopAsync();
        Assert.Equal(TrainingRunState.Stopped, run.State);
        Assert.True(heard.Step < TinyRuns.Steps);
        run.Resume();

        Assert.Equal(TrainingRunState.Done, await run.Ended);
        Assert.Equal(expected, await File.ReadAllBytesAsync(order.Run.AdapterPath, TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(1, TinyRuns.Steps), heard.Of<StepCompleted>().Select(step => step.Step));
    }

    [Fact]
    public async Task While_a_run_computes_an_answer_is_written_and_the_next_run_waits()
    {
        var longer = new LoraSettings { Epochs = 1000, EarlyStoppingPatience = 0 };
        var first = models.Training.Start(runs.Order("first", longer), heard);
        var second = models.Training.Start(runs.Order("second", longer), new Heard());
        await Until.TrueAsync(() => heard.Step >= 1);

        var answer = await models.AskAsync(LocalModels.Question("What is LoRA?"));

        Assert.Equal("stop", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((TrainingRunState.Running, TrainingRunState.Waiting), (first.State, second.State));
        await first.StopAsync();
        await Until.TrueAsync(() => second.State == TrainingRunState.Running);
        await second.StopAsync();
        Assert.Equal(TrainingRunState.Stopped, second.State);
    }

    [Fact]
    public async Task What_it_tells_has_loss_validation_speed_memory_and_the_time_left()
    {
        var run = models.Training.Start(runs.Order("told", new LoraSettings { Epochs = 2 }), heard);
        Assert.Equal(TrainingRunState.Done, await run.Ended);

        Assert.All(
            heard.Of<StepCompleted>(),
            step => Assert.True(step is { Loss: > 0, TokensPerSecond: > 0, MemoryBytes: > 0, GradientNorm: > 0, Of: > 0 })
        );
        Assert.Equal(TimeSpan.Zero, heard.Of<StepCompleted>()[^1].Remaining);
        Assert.True(heard.Of<ValidationDone>()[^1].Loss < heard.Of<ValidationDone>()[0].Loss);
        run.Resume();
        Assert.Equal(TrainingRunState.Done, run.State);
    }

    [Theory]
    [InlineData("base", "There is no file")]
    [InlineData("data", "rows.jsonl cannot be read")]
    [InlineData("few rows", "needs at least 5")]
    [InlineData("settings", "rank is 0")]
    [InlineData("folder", "could not be started")]
    public async Task What_cannot_be_trained_fails_with_the_reason(string wrong, string expected)
    {
        var order = runs.Order("wrong");
        if (wrong is "data" or "few rows")
        {
            var text = wrong is "data" ? "not json\n" : """{"prompt": "Where is it kept?", "completion": "In the harbour."}""";
            await File.WriteAllTextAsync(runs.Data, text, TestContext.Current.CancellationToken);
        }

        var changed = wrong switch
        {
            "base" => order.Run with { ModelPath = "/nowhere.gguf" },
            "settings" => order.Run with { Settings = new LoraSettings { Rank = 0 } },
            "folder" => order.Run with { AdapterPath = Path.Combine(runs.Data, "adapter.gguf") },
            _ => order.Run,
        };
        var run = models.Training.Start(new TrainingOrder(changed), heard);

        Assert.Equal(TrainingRunState.Failed, await run.Ended);
        Assert.Contains(expected, run.Problem, StringComparison.Ordinal);
        Assert.Equal("ok", (await models.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Its_environment_holds_no_secret_and_it_gives_way_to_others()
    {
        Environment.SetEnvironmentVariable("A_SECRET_OF_THE_WEB_PROCESS", "canary");
        var run = models.Training.Start(runs.Order("quiet"), heard);
        await Until.TrueAsync(() => heard.Step >= 1);

        var environment = await File.ReadAllTextAsync($"/proc/{run.ProcessId}/environ", TestContext.Current.CancellationToken);
        using var child = Process.GetProcessById(run.ProcessId!.Value);

        Assert.DoesNotContain("canary", environment, StringComparison.Ordinal);
        Assert.Equal(ProcessPriorityClass.BelowNormal, child.PriorityClass);
        await run.StopAsync();
    }
}
